/**
 * The calls that the server itself makes to OSS.
 *
 * <p>Start at {@link io.osspost.client.ObjectHeads}. This package is not exported.
 */
@NullMarked
package io.osspost.client;

import org.jspecify.annotations.NullMarked;
