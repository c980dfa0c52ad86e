package io.osspost.emulator.internal.http;

import java.time.Duration;

/**
 * What a client may cost. Each request in work holds a thread and about 200 KB, so {@code
 * connections} is what a heap of 64 MB bears.
 *
 * @param connections open at a time; one more makes the one that has kept us waiting longest go
 * @param idle how long a connection may stay silent between two requests
 * @param head how long the head of a request may take, from its first byte to its last
 * @param headBytes the longest head: a URL may carry a callback and a security token
 * @param stall how long a body, or a reader of an answer, may stand still
 * @param drain how much of a body nobody wanted is taken in, so that its sender reads the answer
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
