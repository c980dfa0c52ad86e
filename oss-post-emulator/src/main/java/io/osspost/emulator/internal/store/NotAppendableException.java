package io.osspost.emulator.internal.store;

/** Reports that the object is not appendable, or not at that position. */
public final class NotAppendableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean appendable;
  private final long size;

  NotAppendableException(boolean appendable, long size) {
    super(
        appendable
            ? "The object has " + size + " bytes."
            : "The object is not appendable, and has " + size + " bytes.");
    this.appendable = appendable;
    this.size = size;
  }

  /** Returns whether another position would be accepted. */
  public boolean isAppendable() {
    return appendable;
  }

  /** Returns the length of the object in bytes, 0 if there is none. */
  public long size() {
    return size;
  }
}
