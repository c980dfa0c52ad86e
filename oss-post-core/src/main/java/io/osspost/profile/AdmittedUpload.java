package io.osspost.profile;

import io.osspost.object.ObjectKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a profile decided about one planned upload: never more than the profile admits.
 *
 * @param prefix the directory the object goes to, ending in a slash
 * @param key the object's name, when the server chose it
 * @param size the exact size in bytes, when it was stated
 * @param statedType the media type in the client's words, when it stated one
 * @param type the media type as registered, when it is known
 * @param forbidOverwrite whether the form says that it replaces nothing
 */
public record AdmittedUpload(
    String prefix,
    Optional<ObjectKey> key,
    OptionalLong size,
    Optional<String> statedType,
    Optional<String> type,
    boolean forbidOverwrite) {

  /** The same upload, under a name that was granted before. */
  public AdmittedUpload named(String earlierPrefix, ObjectKey earlierKey) {
    return new AdmittedUpload(
        earlierPrefix, Optional.of(earlierKey), size, statedType, type, forbidOverwrite);
  }
}
