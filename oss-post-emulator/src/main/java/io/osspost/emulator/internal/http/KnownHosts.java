package io.osspost.emulator.internal.http;

import static java.lang.System.Logger.Level.INFO;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host names that are accepted in requests. A web page can point its own name at 127.0.0.1 and
 * would then have the same origin as the emulator. It cannot do so with an IP address, {@code
 * localhost} or one of the vendor's names. Immutable.
 */
public final class KnownHosts {
  private static final System.Logger LOG = System.getLogger("io.osspost.emulator");
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final List<String> SAFE = List.of("localhost", "aliyuncs.com");

  private final List<String> configured;

  private KnownHosts(List<String> configured) {
    this.configured = configured;
  }

  /**
   * Creates the hosts that are always accepted, and the {@code configured} ones. Each includes
   * every name below it.
   */
  public static KnownHosts with(List<String> configured) {
    return new KnownHosts(configured.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
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
        || SAFE.stream().anyMatch(safe -> isBelow(host, safe))
        || configured.stream().anyMatch(allowed -> isBelow(host, allowed));
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
            + ". Start it with --allow-host, or builder().allowHost(...), if you control the name.";
    LOG.log(INFO, message);
    String xml =
        "<?xml version=\"1.0\""
            + " encoding=\"UTF-8\"?>\n<Error><Code>EmulatorHostForbidden</Code><Message>"
            + message
            + "</Message></Error>";
    return HttpAnswer.of(403, "application/xml", xml.getBytes(UTF_8));
  }
}
