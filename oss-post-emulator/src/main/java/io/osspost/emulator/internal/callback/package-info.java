/**
 * Upload callbacks: after an object is stored, OSS calls the application's server and passes its
 * response to the uploader.
 *
 * <p>Start at {@link io.osspost.emulator.internal.callback.Callbacks}. Loopback addresses are
 * allowed although OSS forbids them, because a server under test has such an address. Not part of
 * the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.callback;

import org.jspecify.annotations.NullMarked;
