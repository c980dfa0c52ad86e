package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A URL as a server reads it: split as in HTTP, then decoded once. Shares nothing with the code
 * that wrote it, and reads a plus sign as a plus sign.
 */
record SentUrl(String address, String path, SortedMap<String, String> query) {
  static SentUrl read(String url) {
    int question = url.indexOf('?');
    int slash = url.indexOf('/', url.indexOf("://") + 3);
    SortedMap<String, String> query = new TreeMap<>();
    for (String pair : url.substring(question + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String before = query.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      if (before != null) {
        throw new AssertionError("Parameter '" + name + "' is there twice: " + url);
      }
    }
    return new SentUrl(url.substring(0, slash), decode(url.substring(slash, question)), query);
  }

  static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
        i += 2;
      } else if (c <= 0x7F) {
        bytes.write(c);
      } else {
        throw new AssertionError("Not ASCII at " + i + ": " + text);
      }
    }
    return bytes.toString(UTF_8);
  }
}
