package io.osspost.emulator.clients;

import java.util.Map;

/** A column of CONFORMANCE.md: an official client, unmodified, with one way to sign and address. */
interface Client {
  /** Performs the action of a row, and throws if the outcome differs. */
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }

  /** Returns the heading of the column. */
  String title();

  /** Returns the rows of this client; it has no call for the others. */
  Map<Row, Check> checks();

  /** Closes connections. */
  default void stop() throws Exception {}
}
