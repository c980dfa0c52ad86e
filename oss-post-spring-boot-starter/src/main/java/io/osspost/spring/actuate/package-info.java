/**
 * Uploads for operators: metrics, health, and the endpoint {@code ossupload}. No secrets.
 *
 * <p>This package handles no requests of callers and does not delay grants.
 */
@NullMarked
package io.osspost.spring.actuate;

import org.jspecify.annotations.NullMarked;
