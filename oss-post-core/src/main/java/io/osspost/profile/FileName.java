package io.osspost.profile;

/**
 * The name of a client's file, cleaned.
 *
 * @param stem the name without extension; never empty
 * @param extension the extension for the file's type, with its dot; empty if none is known
 */
public record FileName(String stem, String extension) {
  /** Returns the whole name. */
  @Override
  public String toString() {
    return stem + extension;
  }
}
