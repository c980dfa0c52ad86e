/**
 * What OSS tells us after an upload, and how we know that it is true.
 *
 * <p>Start at {@link io.osspost.callback.UploadCallbacks}. A callback counts when OSS's signature
 * <em>and</em> our ticket hold: the key OSS signs callbacks with has 512 bits and can be broken
 * with money, so the signature alone proves little; the ticket, a MAC of our own, says which upload
 * we granted to whom. Nothing here knows about servlets or answers HTTP.
 */
@NullMarked
package io.osspost.callback;

import org.jspecify.annotations.NullMarked;
