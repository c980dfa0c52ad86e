package io.osspost.emulator.clients;

import java.util.Map;

/** A column of CONFORMANCE.md: an official client, unmodified, in one way to sign and address. */
interface Client {
  /** Does what a row says, and throws if the outcome is another one. */
  @FunctionalInterface
  interface Check {
    void run() throws Exception;
  }

  /** The heading of the column. */
  String title();

  /** What this client is asked to do; it has no call for the rows that are missing. */
  Map<Row, Check> checks();

  /** Lets go of connections. */
  default void stop() throws Exception {}
}
