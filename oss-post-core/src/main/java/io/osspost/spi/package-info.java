/**
 * The interfaces that another jar implements to add a type of credentials or a store. Each is
 * loaded as a service.
 *
 * <p>Start at {@link io.osspost.spi.CredentialsType}.
 */
@NullMarked
package io.osspost.spi;

import org.jspecify.annotations.NullMarked;
