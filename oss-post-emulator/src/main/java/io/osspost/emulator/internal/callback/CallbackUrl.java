package io.osspost.emulator.internal.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.PercentEncoding;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * The URL of a callback, with the address of its host.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, with its question mark, or empty
 */
record CallbackUrl(
    boolean https, String host, InetSocketAddress address, String path, String query) {

  /**
   * Reads a URL. Without a scheme, it is an http URL.
   *
   * @return empty if the text is not a URL that OSS may call
   * @throws UnknownHostException if its host has no address
   */
  static Optional<CallbackUrl> parse(String text) throws UnknownHostException {
    boolean ascii = text.chars().allMatch(character -> character > ' ' && character < 0x7F);
    if (!ascii) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    boolean https = "https".equals(uri.getScheme());
    String host = uri.getHost();
    if (host == null || host.startsWith("[") || !(https || "http".equals(uri.getScheme()))) {
      return Optional.empty();
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
    if (port < 1 || port > 65535) {
      return Optional.empty();
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return Optional.of(
        new CallbackUrl(
            https, host, new InetSocketAddress(InetAddress.getByName(host), port), path, query));
  }

  /** Returns whether the address is a loopback address of this machine. */
  boolean isLoopback() {
    return address.getAddress().isLoopbackAddress();
  }

  /**
   * Returns whether the address is outside the public internet: of this machine, a local network, a
   * cloud's metadata service or a range for special use. Source: the IANA registries of special
   * addresses.
   */
  boolean isPrivate() {
    InetAddress ip = address.getAddress();
    if (ip.isLoopbackAddress()
        || ip.isAnyLocalAddress()
        || ip.isSiteLocalAddress()
        || ip.isLinkLocalAddress()
        || ip.isMulticastAddress()) {
      return true;
    }
    byte[] bytes = ip.getAddress();
    int first = Byte.toUnsignedInt(bytes[0]);
    int second = Byte.toUnsignedInt(bytes[1]);
    return bytes.length == 4
        ? first == 0
            || first >= 240
            || (first == 100 && second >= 64 && second < 128)
            || (first == 192 && second == 0)
            || (first == 198 && (second == 18 || second == 19))
        : first < 0x20 || first >= 0x40;
  }

  /** Returns the signed bytes: the decoded path, the raw query, and the body. */
  byte[] signedText(byte[] body) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes((PercentEncoding.decodePath(path) + query + "\n").getBytes(UTF_8));
    text.writeBytes(body);
    return text.toByteArray();
  }

  @Override
  public String toString() {
    return (https ? "https://" : "http://") + host + ":" + address.getPort() + path;
  }
}
