/**
 * What may be uploaded, by whom, under which name.
 *
 * <p>Start at {@link io.osspost.profile.UploadProfile}. Nothing here signs or knows about HTTP; a
 * refusal is an {@link io.osspost.profile.UploadRefusedException} before any credential is touched.
 */
@NullMarked
package io.osspost.profile;

import org.jspecify.annotations.NullMarked;
