/**
 * The sources of credentials: STS, an instance, a pod, files and addresses.
 *
 * <p>Start at {@link io.osspost.sts.source.CredentialsSource}.
 */
@NullMarked
package io.osspost.sts.source;

import org.jspecify.annotations.NullMarked;
