/**
 * The requests that the emulator received, and their results.
 *
 * <p>Start at {@link io.osspost.emulator.journal.Journal}. Nothing here decides or depends on HTTP.
 */
@NullMarked
package io.osspost.emulator.journal;

import org.jspecify.annotations.NullMarked;
