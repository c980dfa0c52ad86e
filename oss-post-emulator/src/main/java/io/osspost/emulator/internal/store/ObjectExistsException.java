package io.osspost.emulator.internal.store;

/** Another object took the key first, and the upload forbids overwriting. */
public final class ObjectExistsException extends Exception {
  private static final long serialVersionUID = 1L;

  ObjectExistsException(String key) {
    super("An object named '" + key + "' exists already.");
  }
}
