/**
 * Grants: the permission to upload one file, or into one directory, straight to OSS.
 *
 * <p>Start at {@link io.osspost.UploadGrants}. What may be uploaded is decided in {@code
 * io.osspost.profile}, how it is signed in {@code io.osspost.sign}; {@code io.osspost.web} puts it
 * behind HTTP.
 */
@NullMarked
package io.osspost;

import org.jspecify.annotations.NullMarked;
