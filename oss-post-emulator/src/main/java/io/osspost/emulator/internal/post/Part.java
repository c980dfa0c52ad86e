package io.osspost.emulator.internal.post;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of one part of a form.
 *
 * @param name the field's name, as sent
 * @param filename the name of the file, as the browser sent it; null without one
 * @param contentType the {@code Content-Type} of the part; null without one
 * @param otherHeaders names of the headers that OSS does not allow in a part
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
