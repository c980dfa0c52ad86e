package io.osspost.emulator.internal.store;

/**
 * Reports that another upload stored the key in the meantime, and that this upload forbids
 * overwriting.
 */
public final class ObjectExistsException extends Exception {
  private static final long serialVersionUID = 1L;

  ObjectExistsException(String key) {
    super("An object named '" + key + "' exists already.");
  }
}
