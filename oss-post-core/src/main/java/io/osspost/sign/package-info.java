/**
 * Signatures: how a policy becomes form fields OSS accepts.
 *
 * <p>Start at {@link io.osspost.sign.PolicyTemplate}. Nothing here decides what may be uploaded or
 * reads the clock.
 */
@NullMarked
package io.osspost.sign;

import org.jspecify.annotations.NullMarked;
