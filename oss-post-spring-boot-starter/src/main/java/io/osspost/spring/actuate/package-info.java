/**
 * What operators see of uploads: metrics, health, and the endpoint {@code ossupload}. No secrets.
 *
 * <p>Nothing here is asked by callers, and nothing here is in a grant's way.
 */
@NullMarked
package io.osspost.spring.actuate;

import org.jspecify.annotations.NullMarked;
