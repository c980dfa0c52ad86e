/**
 * Signatures: how a policy becomes form fields OSS accepts, and a request becomes a URL.
 *
 * <p>Start at {@link io.osspost.sign.PolicyTemplate} for forms and at {@link
 * io.osspost.sign.UrlSigner} for URLs. Nothing here decides what may be uploaded or reads the
 * clock.
 */
@NullMarked
package io.osspost.sign;

import org.jspecify.annotations.NullMarked;
