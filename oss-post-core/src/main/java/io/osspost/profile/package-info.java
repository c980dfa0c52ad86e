/**
 * The limits of uploads: callers, files and names.
 *
 * <p>Start at {@link io.osspost.profile.UploadProfile}. Nothing here signs or depends on HTTP. An
 * {@link io.osspost.profile.UploadRefusedException} is usually thrown before credentials are read.
 */
@NullMarked
package io.osspost.profile;

import org.jspecify.annotations.NullMarked;
