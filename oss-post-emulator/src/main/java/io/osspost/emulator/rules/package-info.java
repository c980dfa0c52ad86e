/**
 * What OSS's documentation leaves open, as named switches.
 *
 * <p>Start at {@link io.osspost.emulator.rules.EmulatorRule}: each constant is one answer, the
 * first of its question the default. Nothing here decides a request; the packages that do ask
 * {@link io.osspost.emulator.rules.EmulatorRules}.
 */
@NullMarked
package io.osspost.emulator.rules;

import org.jspecify.annotations.NullMarked;
