package io.osspost.emulator.internal.store;

/** Nothing can be appended to what there is, or not at that position. */
public final class NotAppendableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean appendable;
  private final long size;

  NotAppendableException(boolean appendable, long size) {
    super(
        appendable
            ? "The object has " + size + " bytes."
            : "The object was not made by appending, and has " + size + " bytes.");
    this.appendable = appendable;
    this.size = size;
  }

  /** Whether another position would do. */
  public boolean isAppendable() {
    return appendable;
  }

  /** Bytes of the object there is, 0 without one. */
  public long size() {
    return size;
  }
}
