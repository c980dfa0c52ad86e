package io.osspost.wire;

/**
 * Counts the uses of a resource, and closes it after the last one when it is no longer needed.
 * Thread-safe.
 */
public final class UseCount {
  private final Runnable close;
  private int uses;
  private boolean ended;
  private boolean closed;

  /**
   * Creates a count of 0.
   *
   * @param close called once
   */
  public UseCount(Runnable close) {
    this.close = close;
  }

  /** Begins a use. Returns false if the resource is no longer needed, so that it must not begin. */
  public synchronized boolean begin() {
    if (ended) {
      return false;
    }
    uses++;
    return true;
  }

  /** Ends a use. */
  public void finish() {
    boolean last;
    synchronized (this) {
      uses--;
      last = isLast();
    }
    if (last) {
      close.run();
    }
  }

  /** Ends the resource: no further use begins, and it is closed after those in progress. */
  public void end() {
    boolean last;
    synchronized (this) {
      ended = true;
      last = isLast();
    }
    if (last) {
      close.run();
    }
  }

  /** Must be called with the lock. */
  private boolean isLast() {
    if (!ended || uses > 0 || closed) {
      return false;
    }
    closed = true;
    return true;
  }
}
