package io.osspost.emulator.internal.http;

/** Answers requests; called from many threads at once. */
@FunctionalInterface
public interface HttpHandler {
  /** Returns the answer; what it leaves of the body unread is read and dropped. */
  HttpAnswer answer(HttpRequest request);
}
