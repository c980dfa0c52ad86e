/**
 * The keys that sign, and where they come from.
 *
 * <p>Start at {@link io.osspost.credentials.OssCredentialsProvider}. Nothing here touches the
 * network.
 */
@NullMarked
package io.osspost.credentials;

import org.jspecify.annotations.NullMarked;
