/**
 * The requests that the emulator received and their results, so that a test can check them.
 *
 * <p>Start at {@link io.osspost.emulator.journal.Journal}. This package does not decide about
 * requests, and does not depend on HTTP.
 */
@NullMarked
package io.osspost.emulator.journal;

import org.jspecify.annotations.NullMarked;
