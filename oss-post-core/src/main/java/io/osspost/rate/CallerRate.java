package io.osspost.rate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.profile.Caller;
import io.osspost.spi.SharedRates;
import io.osspost.web.RateLimit;
import io.osspost.web.WebRequest;
import io.osspost.wire.Digests;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * The rate of each caller. Anonymous callers are told apart by their addresses, of which IPv6
 * addresses of one network ({@code /64}) count as one. Thread-safe.
 */
public final class CallerRate implements RateLimit {
  private final String name;
  private final Rate rate;
  private final SharedRates counts;

  /**
   * Creates a rate.
   *
   * @param name distinguishes this rate from others in the same store
   * @param rate of each caller
   * @param counts not closed here
   */
  public CallerRate(String name, Rate rate, SharedRates counts) {
    this.name = Objects.requireNonNull(name, "name");
    this.rate = Objects.requireNonNull(rate, "rate");
    this.counts = Objects.requireNonNull(counts, "counts");
  }

  @Override
  public Duration waitFor(Caller caller) {
    return take(caller, Optional.empty());
  }

  @Override
  public Duration waitFor(Caller caller, WebRequest request) {
    return take(
        caller, caller.principal().isPresent() ? Optional.empty() : request.clientAddress());
  }

  private Duration take(Caller caller, Optional<String> address) {
    String who =
        caller
            .principal()
            .map(principal -> "caller " + principal)
            .orElseGet(() -> "address " + network(address.orElse("")));
    return counts.take(key(who), rate.requests(), rate.period());
  }

  /** A changed rate has other keys, because a store keeps the rate with the count. */
  private String key(String who) {
    String all = name + "\n" + rate + "\n" + who;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Digests.sha256(all.getBytes(UTF_8)));
  }

  /** Returns the network of an IPv6 address, which one client can have to itself. */
  static String network(String address) {
    if (address.indexOf(':') < 0 || !address.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address.replaceAll("%.*", "")).getAddress();
      return bytes.length == 16 ? Digests.hex(Arrays.copyOf(bytes, 8)) : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
