/**
 * Signatures: turns a policy into form fields that OSS accepts, and a request into a URL.
 *
 * <p>Start at {@link io.osspost.sign.PolicyTemplate} for forms and at {@link
 * io.osspost.sign.UrlSigner} for URLs. Nothing here limits uploads or reads the clock.
 */
@NullMarked
package io.osspost.sign;

import org.jspecify.annotations.NullMarked;
