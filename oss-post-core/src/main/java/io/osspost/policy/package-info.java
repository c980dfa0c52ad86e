/**
 * The POST policy: the conditions and the expiration of a browser form.
 *
 * <p>Start at {@link io.osspost.policy.PostPolicy}. Nothing here signs, reads the clock, or depends
 * on HTTP; {@code io.osspost.sign} turns a policy into form fields.
 */
@NullMarked
package io.osspost.policy;

import org.jspecify.annotations.NullMarked;
