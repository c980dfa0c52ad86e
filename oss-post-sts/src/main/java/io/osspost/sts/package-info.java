/**
 * Temporary credentials from STS, from the role of an instance or a pod, or from a profile on disk;
 * and security tokens for clients.
 *
 * <p>Start at {@link io.osspost.sts.StsRole}, or select a type in the settings. Credentials are
 * cached and refreshed in the background, so that only the first upload normally waits for them.
 * Nothing here signs an upload.
 */
@NullMarked
package io.osspost.sts;

import org.jspecify.annotations.NullMarked;
