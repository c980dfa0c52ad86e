/**
 * The requests that the server itself sends to OSS.
 *
 * <p>Start at {@link io.osspost.client.ObjectHeadClient}. This package is not exported.
 */
@NullMarked
package io.osspost.client;

import org.jspecify.annotations.NullMarked;
