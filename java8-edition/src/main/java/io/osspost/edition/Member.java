package io.osspost.edition;

/** A field or method of a class. All names are internal, such as {@code java/util/List}. */
record Member(String owner, String name, String descriptor) {
  @Override
  public String toString() {
    return owner + "." + name + descriptor;
  }
}
