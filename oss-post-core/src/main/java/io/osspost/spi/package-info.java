/**
 * What another jar implements to bring a type of credentials. Each is found as a service.
 *
 * <p>Start at {@link io.osspost.spi.CredentialsType}.
 */
@NullMarked
package io.osspost.spi;

import org.jspecify.annotations.NullMarked;
