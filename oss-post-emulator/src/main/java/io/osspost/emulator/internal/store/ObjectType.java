package io.osspost.emulator.internal.store;

/** The kind of upload that created an object, as in {@code x-oss-object-type}. */
public enum ObjectType {
  NORMAL("Normal"),
  MULTIPART("Multipart"),
  APPENDABLE("Appendable");

  private final String wireName;

  ObjectType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
