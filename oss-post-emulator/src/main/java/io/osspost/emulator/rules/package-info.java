/**
 * The points that OSS's documentation does not decide, as named rules.
 *
 * <p>Start at {@link io.osspost.emulator.rules.EmulatorRule}: each constant is one reading of a
 * point, and the first reading of a point is its default. The packages that check requests look up
 * the chosen readings in {@link io.osspost.emulator.rules.EmulatorRules}.
 */
@NullMarked
package io.osspost.emulator.rules;

import org.jspecify.annotations.NullMarked;
