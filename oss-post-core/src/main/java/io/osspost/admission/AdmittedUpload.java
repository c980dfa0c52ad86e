package io.osspost.admission;

import io.osspost.object.ObjectKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a profile decided about a planned upload: never more than the profile admits.
 *
 * @param prefix the directory the object goes to: empty, or ending in a slash
 * @param key the object's name, when the server chose it
 * @param size the exact size in bytes, when it was stated
 * @param statedType the media type that the client stated, in lower case, without parameters
 * @param type the media type as registered, when it is known
 * @param forbidOverwrite whether the upload says that it replaces nothing
 */
public record AdmittedUpload(
    String prefix,
    Optional<ObjectKey> key,
    OptionalLong size,
    Optional<String> statedType,
    Optional<String> type,
    boolean forbidOverwrite) {

  /**
   * {@return the same upload, under a name that was granted before}
   *
   * @param earlierPrefix the directory of the earlier grant, which {@code earlierKey} is in
   * @param earlierKey the object the earlier grant was for
   */
  public AdmittedUpload named(String earlierPrefix, ObjectKey earlierKey) {
    return new AdmittedUpload(
        earlierPrefix, Optional.of(earlierKey), size, statedType, type, forbidOverwrite);
  }
}
