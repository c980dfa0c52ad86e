package io.osspost.admission;

import io.osspost.object.ObjectKey;
import io.osspost.profile.UploadVars;
import io.osspost.wire.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload as its profile admits it, never wider than the profile.
 *
 * @param prefix the object's directory: empty, or ending in a slash
 * @param key the object's name, if the server chose it
 * @param size the exact size in bytes, if the client stated it
 * @param statedType the media type that the client stated, in lower case, without parameters
 * @param type the registered media type, if it is known
 * @param forbidOverwrite whether OSS rejects the upload if the object exists
 * @param filename the file's name as the client stated it, without directories
 * @param vars the variables that the client sent
 */
public record AdmittedUpload(
    String prefix,
    Optional<ObjectKey> key,
    OptionalLong size,
    Optional<String> statedType,
    Optional<String> type,
    boolean forbidOverwrite,
    Optional<String> filename,
    UploadVars vars) {

  /**
   * {@return the same upload with the type that the client stated, if that is one of {@code
   * allowed}} Its name keeps the extension of the file.
   */
  public AdmittedUpload ofStatedType(List<String> allowed) {
    return statedType
        .map(MediaType::registered)
        .filter(allowed::contains)
        .map(
            stated ->
                new AdmittedUpload(
                    prefix,
                    key,
                    size,
                    statedType,
                    Optional.of(stated),
                    forbidOverwrite,
                    filename,
                    vars))
        .orElse(this);
  }

  /**
   * {@return the same upload with the name of an earlier grant}
   *
   * @param earlierPrefix the directory of the earlier grant, which contains {@code earlierKey}
   * @param earlierKey the object of the earlier grant
   * @param earlierFilename the file of the earlier grant
   */
  public AdmittedUpload named(
      String earlierPrefix, ObjectKey earlierKey, Optional<String> earlierFilename) {
    return new AdmittedUpload(
        earlierPrefix,
        Optional.of(earlierKey),
        size,
        statedType,
        type,
        forbidOverwrite,
        earlierFilename,
        vars);
  }
}
