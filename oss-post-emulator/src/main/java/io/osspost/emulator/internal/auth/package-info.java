/**
 * The keys that OSS accepts, and the signatures that it computes to compare them with received
 * ones.
 *
 * <p>Start at {@link io.osspost.emulator.internal.auth.RequestSigner}. Written from the
 * documentation alone; shares no code with any signer. Not part of the emulator's API: it may
 * change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.auth;

import org.jspecify.annotations.NullMarked;
