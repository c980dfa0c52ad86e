package io.osspost.emulator.internal.store;

/** How an object came to be, as {@code x-oss-object-type} says it. */
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
