package io.osspost.emulator.internal.http;

/** Answers requests. Called from many threads at once. */
@FunctionalInterface
public interface HttpHandler {
  /** Returns the answer. An unread rest of the body is read and dropped. */
  HttpAnswer answer(HttpRequest request);
}
