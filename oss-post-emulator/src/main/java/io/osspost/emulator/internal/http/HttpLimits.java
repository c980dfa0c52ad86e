package io.osspost.emulator.internal.http;

import java.time.Duration;

/**
 * Limits for clients. Each request in progress needs a thread and about 200 KB, so a heap of 64 MB
 * allows {@code connections}.
 *
 * @param connections the maximum number of open connections; one more closes the longest-idle one
 * @param idle the maximum time between two requests
 * @param head the maximum time for the head of a request, from its first byte to its last
 * @param headBytes the maximum length of the head; a URL may carry a callback and a security token
 * @param stall the maximum pause of a client that sends a body or reads a response
 * @param drain the maximum length of an unread body that is read and discarded, so that its sender
 *     reads the response
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
