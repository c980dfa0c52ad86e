/**
 * What the emulator was asked, and what it said to it.
 *
 * <p>Start at {@link io.osspost.emulator.journal.Journal}. Nothing here decides or speaks HTTP.
 */
@NullMarked
package io.osspost.emulator.journal;

import org.jspecify.annotations.NullMarked;
