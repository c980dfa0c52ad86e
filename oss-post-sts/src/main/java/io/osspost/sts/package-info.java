/**
 * Credentials that somebody lends for a while: STS, the role of an instance, of a pod, of a profile
 * on disk; and security tokens for clients.
 *
 * <p>Start at {@link io.osspost.sts.StsRole}, or choose a type in the settings. What is fetched is
 * kept by {@link io.osspost.sts.CachedCredentials}, so that no upload waits for it; nothing here
 * signs an upload.
 */
@NullMarked
package io.osspost.sts;

import org.jspecify.annotations.NullMarked;
