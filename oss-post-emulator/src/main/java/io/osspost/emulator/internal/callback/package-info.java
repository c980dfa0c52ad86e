/**
 * Upload callbacks: after an object is stored, OSS asks the application's server and hands its
 * answer to the uploader.
 *
 * <p>Start at {@link io.osspost.emulator.internal.callback.Callbacks}. Private and loopback
 * addresses may be called, which OSS itself forbids: calling a server under test is what this
 * emulator is for. Not part of the emulator's API: it may change without notice.
 */
@NullMarked
package io.osspost.emulator.internal.callback;

import org.jspecify.annotations.NullMarked;
