package io.osspost.emulator.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Request line and headers of HTTP/1.1 (RFC 9112), read strictly: an ambiguous head is rejected.
 * Immutable.
 *
 * @param path as sent, percent-encoded; begins with a slash, or is {@code *}
 * @param query as sent, without its question mark; may be empty
 * @param headers names in lower case; values without surrounding white space
 * @param keepsAlive whether the client wants to send more requests on this connection
 */
record RequestHead(
    String method,
    String path,
    String query,
    Map<String, List<String>> headers,
    boolean keepsAlive) {
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^\\x00-\\x20\\x7F]+) HTTP/1\\.([01])");
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]*)([/?].*)?");
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\\x00-\\x08\\x0A-\\x1F\\x7F]*)");

  static RequestHead read(ClientInput in, int longest) throws IOException {
    int left = longest;
    String line = in.line(left);
    while (line.isEmpty()) {
      left -= 2;
      line = in.line(left);
    }
    Matcher request = REQUEST_LINE.matcher(line);
    if (!request.matches()) {
      throw new BadRequestException(400, "the request line is not '<method> <target> HTTP/1.1'");
    }
    Map<String, List<String>> headers = new TreeMap<>();
    for (left -= line.length(), line = in.line(left);
        !line.isEmpty();
        left -= line.length(), line = in.line(left)) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw new BadRequestException(400, "a header line is not '<name>: <value>'");
      }
      headers
          .computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(text(header.group(2).stripTrailing()));
    }
    return of(request, headers);
  }

  private static RequestHead of(Matcher request, Map<String, List<String>> headers)
      throws BadRequestException {
    String target = text(request.group(2));
    Matcher absolute = ABSOLUTE.matcher(target);
    if (absolute.matches()) {
      headers.put("host", List.of(absolute.group(1)));
      String rest = absolute.group(2) == null ? "/" : absolute.group(2);
      target = rest.startsWith("?") ? "/" + rest : rest;
    }
    if (!target.startsWith("/") && !target.equals("*")) {
      throw new BadRequestException(400, "the request target is neither a path nor a URL");
    }
    boolean current = request.group(3).equals("1");
    if (current ? count(headers, "host") != 1 : count(headers, "host") > 1) {
      throw new BadRequestException(400, "HTTP/1.1 needs one Host header");
    }
    String connection =
        String.join(",", headers.getOrDefault("connection", List.of())).toLowerCase(Locale.ROOT);
    int question = target.indexOf('?');
    return new RequestHead(
        request.group(1),
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        Collections.unmodifiableMap(headers),
        current ? !connection.contains("close") : connection.contains("keep-alive"));
  }

  /** Returns the header, the first of several. */
  Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  private static int count(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).size();
  }

  /** Decodes valid UTF-8 as UTF-8, and other bytes one by one. */
  private static String text(String bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      return bytes;
    }
  }
}
