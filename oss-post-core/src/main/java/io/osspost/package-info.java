/**
 * Grants: the permission to upload one file, or into one directory, straight to OSS.
 *
 * <p>Start at {@link io.osspost.UploadGrants}. {@code io.osspost.profile} limits uploads, {@code
 * io.osspost.sign} signs them, and {@code io.osspost.web} answers HTTP requests for them.
 */
@NullMarked
package io.osspost;

import org.jspecify.annotations.NullMarked;
