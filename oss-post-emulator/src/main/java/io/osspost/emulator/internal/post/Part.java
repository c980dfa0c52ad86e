package io.osspost.emulator.internal.post;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of one part of a form.
 *
 * @param name the field's name, as sent
 * @param filename of a file part, as the browser sent it
 * @param contentType of the part
 * @param otherHeaders names of unused header lines
 */
record Part(
    String name,
    @Nullable String filename,
    @Nullable String contentType,
    List<String> otherHeaders) {

  Optional<String> type() {
    return Optional.ofNullable(contentType).filter(type -> !type.isEmpty());
  }
}
