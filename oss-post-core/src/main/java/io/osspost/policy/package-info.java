/**
 * The POST policy: what a browser form may upload, and until when.
 *
 * <p>Start at {@link io.osspost.policy.PostPolicy}. Nothing here signs, reads the clock, or knows
 * about HTTP; {@code io.osspost.sign} turns a policy into form fields.
 */
@NullMarked
package io.osspost.policy;

import org.jspecify.annotations.NullMarked;
