/**
 * Receives and verifies OSS's reports of uploads.
 *
 * <p>Start at {@link io.osspost.callback.UploadCallbacks}. A callback is accepted if both OSS's
 * signature <em>and</em> the ticket are valid. OSS signs callbacks with a key of 512 bits, which is
 * too short to be secure, so its signature alone proves little. The ticket contains a MAC of this
 * server, and identifies the granted upload and its caller. This package does not depend on
 * servlets and writes no HTTP responses.
 */
@NullMarked
package io.osspost.callback;

import org.jspecify.annotations.NullMarked;
