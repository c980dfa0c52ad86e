package io.osspost.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.profile.UploadRefusedException;
import io.osspost.profile.UploadRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parameters of a request for a grant. They are read strictly: if a parameter were ignored, the
 * grant would be wider than the client intended. So a request is refused if one may be missing.
 *
 * <p>A query is always read as UTF-8, regardless of the container's settings. A percent sign
 * without two hexadecimal digits is a literal character: the page of the PUT tutorial writes file
 * names such as {@code 50%.png} into its query without encoding.
 */
final class RequestParameters {
  /** The parameters, and the maximum length of each in characters. */
  private static final Map<String, Integer> LIMITS =
      Map.of(
          "profile", 63,
          "filename", 1024,
          "size", 15,
          "type", 255,
          "format", 16,
          "retry", 2048,
          "ticket", 2048,
          "parts", 600,
          "crc64", 20,
          "key", 1024);

  /** The beginning of the names of variables, such as {@code vars.order}. */
  private static final String VARS = "vars.";

  /** Names that are almost {@link #VARS}. */
  private static final Pattern MISSPELT_VARS =
      Pattern.compile("(?i)(vars?|variables?)(?:[.:_\\[].*)?");

  private final Map<String, List<String>> values;

  private RequestParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the parameters of a {@code GET} or {@code POST} request.
   *
   * @throws UploadRefusedException if one is repeated, too long or misspelt, or if the form is
   *     missing or cannot be read
   */
  static RequestParameters read(WebRequest request) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    request.rawQuery().ifPresent(query -> addQuery(query, all));
    Map<String, List<String>> values =
        request.method().equals("POST") ? ofForm(request, all) : ofQuery(request, all);
    values.keySet().forEach(RequestParameters::requireNoMisspelling);
    return new RequestParameters(values);
  }

  /**
   * Reads the parameters of a request that carries a ticket. They are read from the body only,
   * because the addresses of requests are logged in many places, and a ticket must not be.
   *
   * @throws UploadRefusedException as {@link #read}, or if the address has parameters
   */
  static RequestParameters ofBody(WebRequest request) {
    if (request.rawQuery().filter(query -> !query.isEmpty()).isPresent()) {
      throw refused("The address has parameters, which would be logged.", "Send them in the body.");
    }
    return read(request);
  }

  /**
   * Returns the ticket.
   *
   * @throws UploadRefusedException if it was not sent, was sent more than once or is too long
   */
  String ticket() {
    return single("ticket")
        .orElseThrow(() -> refused("The ticket is missing.", "Send it as 'ticket' in the body."));
  }

  /**
   * Returns the value of a parameter; empty if it was not sent.
   *
   * @throws UploadRefusedException if it was sent more than once or is too long
   */
  Optional<String> single(String name) {
    List<String> sent = values.getOrDefault(name, List.of());
    if (sent.size() > 1) {
      throw refused("Parameter '" + name + "' was sent more than once.", "Send it once.");
    }
    int limit = LIMITS.getOrDefault(name, 0);
    if (!sent.isEmpty() && sent.get(0).length() > limit) {
      throw refused(
          "Parameter '" + name + "' has " + sent.get(0).length() + " characters.",
          "Send at most " + limit + ".");
    }
    return sent.isEmpty() ? Optional.empty() : Optional.of(sent.get(0));
  }

  /**
   * Returns the variables of the upload, by their names without the prefix.
   *
   * @throws UploadRefusedException if one was sent more than once
   */
  Map<String, String> vars() {
    Map<String, String> vars = new TreeMap<>();
    values.forEach(
        (name, sent) -> {
          if (name.startsWith(VARS)) {
            if (sent.size() > 1) {
              throw refused("A variable was sent more than once.", "Send each variable once.");
            }
            vars.put(name.substring(VARS.length()), sent.get(0));
          }
        });
    return vars;
  }

  /**
   * Merges the parameters that only the container has. A request wrapper or a test may add some.
   */
  private static Map<String, List<String>> ofQuery(
      WebRequest request, Map<String, List<String>> query) {
    Map<String, List<String>> known;
    try {
      known = request.parameters();
    } catch (IllegalStateException e) {
      // The container rejects queries that the tutorial's page sends, such as 50%.png.
      return query;
    }
    Map<String, List<String>> all = new LinkedHashMap<>(known);
    all.putAll(query);
    return all;
  }

  /** Reads query and form. The container merges them, so a parameter in both counts as repeated. */
  private static Map<String, List<String>> ofForm(
      WebRequest request, Map<String, List<String>> query) {
    Map<String, List<String>> known;
    try {
      known = request.parameters();
    } catch (IllegalStateException e) {
      // Containers report a form that is broken or too large in this way.
      throw refused(
          "The form's parameters cannot be read.",
          "Send them as application/x-www-form-urlencoded.");
    }
    boolean sent =
        request.header("Content-Type").isPresent()
            && request.header("Content-Length").filter("0"::equals).isEmpty();
    if (sent && count(known) <= count(query)) {
      throw refused(
          "The form's parameters are missing, because a filter has already read the body.",
          "Send the parameters in the query, or change the filter so that it does not read the body.");
    }
    Map<String, List<String>> all = new LinkedHashMap<>(query);
    all.putAll(known);
    return all;
  }

  private static int count(Map<String, List<String>> values) {
    return values.values().stream().mapToInt(List::size).sum();
  }

  /**
   * Refuses {@code fileName} and similar names, because the grant would be wider than the client
   * intended.
   */
  private static void requireNoMisspelling(String name) {
    if (LIMITS.containsKey(name) || name.startsWith(VARS)) {
      return;
    }
    if (MISSPELT_VARS.matcher(name).matches()) {
      throw refused(
          "A parameter looks like a variable of the upload, but is none.",
          "Write its name as 'vars.order', for example.");
    }
    if (name.length() > 32) {
      return;
    }
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (LIMITS.containsKey(letters)) {
      throw refused(
          "A parameter is spelled like '" + letters + "', but not exactly.",
          "Write '" + letters + "'.");
    }
  }

  private static void addQuery(String rawQuery, Map<String, List<String>> values) {
    int end;
    for (int start = 0; start < rawQuery.length(); start = end + 1) {
      end = rawQuery.indexOf('&', start);
      end = end < 0 ? rawQuery.length() : end;
      if (end > start) {
        String pair = rawQuery.substring(start, end);
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        values
            .computeIfAbsent(name, unknown -> new ArrayList<>(1))
            .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] encoded = text.getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (encoded[i] == '%' && high >= 0 && low >= 0) {
        decoded.write(high << 4 | low);
        i += 2;
      } else {
        decoded.write(encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    return decoded.toString(UTF_8);
  }

  private static UploadRefusedException refused(String fact, String fix) {
    return new UploadRefusedException(Reason.BAD_PARAMETER, fact, fix);
  }
}
