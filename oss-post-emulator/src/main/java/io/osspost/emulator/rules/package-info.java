/**
 * The open points of OSS's documentation, as named rules.
 *
 * <p>Start at {@link io.osspost.emulator.rules.EmulatorRule}: each constant is one reading, the
 * first of its point the default. Nothing here decides a request; the deciding packages look up
 * {@link io.osspost.emulator.rules.EmulatorRules}.
 */
@NullMarked
package io.osspost.emulator.rules;

import org.jspecify.annotations.NullMarked;
