package io.osspost.emulator.internal.http;

/** Handles requests. Called from many threads at once. */
@FunctionalInterface
public interface HttpHandler {
  /** Returns the response. The server reads and discards the unread rest of the body. */
  HttpAnswer answer(HttpRequest request);
}
