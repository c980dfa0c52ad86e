package io.osspost.emulator.internal.store;

import java.util.Optional;

/** Who may read an object or a bucket without signing. An object's own ACL beats the bucket's. */
public enum ObjectAcl {
  DEFAULT("default"),
  PRIVATE("private"),
  PUBLIC_READ("public-read"),
  PUBLIC_READ_WRITE("public-read-write");

  private final String wireName;

  ObjectAcl(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether strangers may read; {@link #DEFAULT} asks {@code bucket}. */
  public boolean admitsReaders(ObjectAcl bucket) {
    ObjectAcl effective = this == DEFAULT ? bucket : this;
    return effective == PUBLIC_READ || effective == PUBLIC_READ_WRITE;
  }

  /** Whether strangers may write; {@link #DEFAULT} asks {@code bucket}. */
  public boolean admitsWriters(ObjectAcl bucket) {
    return (this == DEFAULT ? bucket : this) == PUBLIC_READ_WRITE;
  }

  public static Optional<ObjectAcl> of(String wireName) {
    for (ObjectAcl acl : values()) {
      if (acl.wireName.equals(wireName)) {
        return Optional.of(acl);
      }
    }
    return Optional.empty();
  }
}
