/**
 * The credentials that sign, and their sources.
 *
 * <p>Start at {@link io.osspost.credentials.OssCredentialsProvider}. Nothing here uses the network.
 */
@NullMarked
package io.osspost.credentials;

import org.jspecify.annotations.NullMarked;
