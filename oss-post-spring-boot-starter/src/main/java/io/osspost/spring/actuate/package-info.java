/**
 * Uploads for operators: metrics, health, and the endpoint {@code ossupload}. No secrets.
 *
 * <p>Nothing here answers callers or delays a grant.
 */
@NullMarked
package io.osspost.spring.actuate;

import org.jspecify.annotations.NullMarked;
