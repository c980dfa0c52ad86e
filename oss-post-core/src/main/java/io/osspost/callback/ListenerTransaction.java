package io.osspost.callback;

/**
 * Runs the listener, and the note that it received the event, in one transaction. Then the
 * listener's own changes are committed once, even if the server is killed. Must be thread-safe.
 *
 * <p>The {@link CallbackMemory} must use the same transaction.
 */
@FunctionalInterface
public interface ListenerTransaction {
  /**
   * Runs {@code work} and commits. If {@code work} throws, the transaction is rolled back and the
   * exception is thrown.
   *
   * @param work calls the listener and marks the event as done
   */
  void run(Runnable work);

  /**
   * {@return no transaction: an event that is in progress when a server is killed may be repeated}
   */
  static ListenerTransaction none() {
    return Runnable::run;
  }
}
