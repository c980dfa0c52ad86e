package io.osspost.emulator.internal.http;

import java.time.Duration;

/**
 * Limits for clients. Each request in progress needs a thread and about 200 KB, so a heap of 64 MB
 * allows {@code connections}.
 *
 * @param connections the maximum of open ones; one more closes the longest-idle connection
 * @param idle the maximum time between two requests
 * @param head the maximum time for the head of a request, from its first byte to its last
 * @param headBytes the maximum length of the head; a URL may carry a callback and a security token
 * @param stall the maximum pause within a body, or of a reader of an answer
 * @param drain the maximum length of an unread body that is dropped, so that its sender reads the
 *     answer
 */
record HttpLimits(
    int connections, Duration idle, Duration head, int headBytes, Duration stall, long drain) {

  static HttpLimits standard() {
    return new HttpLimits(
        300,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        64 << 10,
        Duration.ofSeconds(30),
        6L << 30);
  }
}
