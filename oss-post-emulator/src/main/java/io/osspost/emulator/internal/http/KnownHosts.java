package io.osspost.emulator.internal.http;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The host names that are accepted in requests, and the buckets that they name. A web page can
 * point its own name at 127.0.0.1 and would then have the same origin as the emulator. It cannot do
 * so with an IP address, {@code localhost}, one of the vendor's names, or a name that container
 * engines give to this machine. Immutable.
 */
public final class KnownHosts {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final List<String> SAFE =
      List.of(
          "localhost",
          "host.docker.internal",
          "host.containers.internal",
          "host.testcontainers.internal");

  /** The hosts of OSS itself, such as {@code oss-cn-hangzhou.aliyuncs.com}. */
  private static final Pattern OSS =
      Pattern.compile("(?:([^.]+)\\.)?(?:[^.]+\\.oss|(?!oss\\.)[^.]+)\\.aliyuncs\\.com");

  private final List<String> parents;
  private final Map<String, String> domains;

  private KnownHosts(List<String> parents, Map<String, String> domains) {
    this.parents = parents;
    this.domains = domains;
  }

  /**
   * Creates the hosts that are always accepted, and the configured ones.
   *
   * @param configured each includes every name below it
   * @param domains the bucket of each domain that is bound to one
   */
  public static KnownHosts with(List<String> configured, Map<String, String> domains) {
    Map<String, String> lowerCase = new HashMap<>();
    domains.forEach((domain, bucket) -> lowerCase.put(domain.toLowerCase(Locale.ROOT), bucket));
    return new KnownHosts(
        Stream.concat(SAFE.stream(), configured.stream())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList(),
        lowerCase);
  }

  /**
   * Returns the bucket that a host names: the one that a domain is bound to, or the first label
   * before a host of OSS or a configured one. Empty if the path names the bucket, as for IP
   * addresses.
   *
   * @param hostAndPort the Host header, with or without port; may be empty
   */
  public Optional<String> bucketOf(String hostAndPort) {
    String host = nameOf(hostAndPort);
    if (domains.containsKey(host)) {
      return Optional.of(domains.get(host));
    }
    Matcher oss = OSS.matcher(host);
    if (oss.matches()) {
      return Optional.ofNullable(oss.group(1));
    }
    if (parents.contains(host)) {
      return Optional.empty();
    }
    return parents.stream()
        .filter(parent -> host.endsWith("." + parent))
        .findFirst()
        .map(parent -> host.substring(0, host.indexOf('.')));
  }

  /** Rejects requests to other hosts before {@code handler} receives them. */
  public HttpHandler guarding(HttpHandler handler) {
    return request -> {
      String host = nameOf(request.header("Host").orElse(""));
      return admits(host) ? handler.answer(request) : refused(host);
    };
  }

  private boolean admits(String host) {
    return host.isEmpty()
        || ADDRESS.matcher(host).matches()
        || isBelow(host, "aliyuncs.com")
        || domains.containsKey(host)
        || parents.stream().anyMatch(parent -> isBelow(host, parent));
  }

  private static boolean isBelow(String host, String parent) {
    return host.equals(parent) || host.endsWith("." + parent);
  }

  private static String nameOf(String hostAndPort) {
    String host = hostAndPort.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static HttpAnswer refused(String host) {
    String shown = host.matches("[a-z0-9._-]{1,100}") ? "'" + host + "'" : "of the request";
    String message =
        "The emulator does not accept the host "
            + shown
            + ". Start it with --allow-host, or builder().allowHost(...), if you control the name,"
            + " or with --domain NAME=BUCKET if it is bound to a bucket.";
    LOG.log(INFO, message);
    String xml =
        "<?xml version=\"1.0\""
            + " encoding=\"UTF-8\"?>\n<Error><Code>EmulatorHostForbidden</Code><Message>"
            + message
            + "</Message></Error>";
    return HttpAnswer.of(403, "application/xml", xml.getBytes(UTF_8));
  }
}
