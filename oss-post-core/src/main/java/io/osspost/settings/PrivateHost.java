package io.osspost.settings;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes hosts that do not exist on the internet. Names are not resolved. */
final class PrivateHost {
  /** Domains that are reserved or in common use for private networks. */
  private static final String[] PRIVATE_DOMAINS = {
    ".localhost",
    ".local",
    ".lan",
    ".internal",
    ".intranet",
    ".home",
    ".home.arpa",
    ".corp",
    ".test",
    ".invalid",
    ".localdomain",
    ".svc",
    ".cluster.local"
  };

  private PrivateHost() {}

  static boolean is(@Nullable String host) {
    if (host == null || host.isEmpty()) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      return name.matches("\\[(::1|::|f[cd][0-9a-f:]*|fe[89ab][0-9a-f:]*)(%.*)?]");
    }
    if (name.matches("[0-9]+(\\.[0-9]+){3}")) {
      return isPrivate(Arrays.stream(name.split("\\.", -1)).mapToInt(Integer::parseInt).toArray());
    }
    return !name.contains(".") || Arrays.stream(PRIVATE_DOMAINS).anyMatch(name::endsWith);
  }

  private static boolean isPrivate(int[] address) {
    int first = address[0];
    int second = address[1];
    return first == 0
        || first == 10
        || first == 127
        || (first == 100 && second >= 64 && second < 128)
        || (first == 169 && second == 254)
        || (first == 172 && second >= 16 && second < 32)
        || (first == 192 && second == 168);
  }
}
