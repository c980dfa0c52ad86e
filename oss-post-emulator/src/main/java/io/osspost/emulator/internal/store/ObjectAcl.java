package io.osspost.emulator.internal.store;

import java.util.Optional;

/**
 * The permission of anonymous requests for an object or a bucket. An object's own ACL takes
 * precedence over the bucket's.
 */
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

  /** Returns whether anonymous requests may read; {@link #DEFAULT} is that of {@code bucket}. */
  public boolean admitsReaders(ObjectAcl bucket) {
    ObjectAcl effective = this == DEFAULT ? bucket : this;
    return effective == PUBLIC_READ || effective == PUBLIC_READ_WRITE;
  }

  /** Returns whether anonymous requests may write; {@link #DEFAULT} is that of {@code bucket}. */
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
