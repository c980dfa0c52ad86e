package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.PercentEncoding;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a profile's settings for objects and for OSS's responses. Source: OSS documentation,
 * "PostObject".
 */
final class ObjectSettings {
  private static final Set<String> ACLS =
      Set.of("default", "private", "public-read", "public-read-write");
  private static final Set<String> STORAGE_CLASSES =
      Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");
  private static final int MAX_METADATA_BYTES = 8 << 10;

  private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";]+)");

  private ObjectSettings() {}

  static int successStatus(int status) {
    if (status != 200 && status != 201 && status != 204) {
      throw new IllegalArgumentException(
          "The success status must be 200, 201 or 204, but is " + status + ".");
    }
    return status;
  }

  static URI successRedirect(URI page) {
    if (page.getHost() == null || !String.valueOf(page.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "'" + page + "' is not the URL of a page. Write it like 'https://example.com/done'.");
    }
    return page;
  }

  static String acl(String acl) {
    return oneOf(acl, ACLS);
  }

  static String storageClass(String storageClass) {
    return oneOf(storageClass, STORAGE_CLASSES);
  }

  /** Returns the metadata under lower-case names. */
  static Map<String, String> metadata(Map<String, String> metadata) {
    Map<String, String> checked = new LinkedHashMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      if (!name.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException(
            "'"
                + entry.getKey()
                + "' is not a valid name of metadata. Use letters, digits and hyphens.");
      }
      bytes += (name + entry.getValue()).getBytes(UTF_8).length;
      checked.put(name, printable(entry.getValue()));
    }
    if (bytes > MAX_METADATA_BYTES) {
      throw new IllegalArgumentException(
          "The metadata has "
              + bytes
              + " bytes; OSS accepts "
              + MAX_METADATA_BYTES
              + ". Shorten it.");
    }
    return checked;
  }

  private static String oneOf(String value, Set<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is unknown. Write one of " + known.stream().sorted().toList() + ".");
    }
    return value;
  }

  /**
   * Returns a value that OSS stores as the object's {@code Content-Disposition}.
   *
   * <p>Source: RFC 6266 and RFC 8187: a file name outside ASCII is written as {@code filename*}.
   */
  static String disposition(String value) {
    return ascii(value, "Write a file name as 'filename*=UTF-8\'\'" + encodedName(value) + "'.");
  }

  private static String encodedName(String value) {
    Matcher name = FILE_NAME.matcher(value);
    return PercentEncoding.component(replaced(name.find() ? name.group(1) : value));
  }

  /** HTTP clients send other characters in different encodings, so that no signature fits. */
  private static String ascii(String value, String fix) {
    if (!printable(value).chars().allMatch(c -> c < 0x7F)) {
      throw new IllegalArgumentException(
          "'" + replaced(value) + "' is sent as a header, which has ASCII characters only. " + fix);
    }
    return value.strip();
  }

  /** UTF-8 cannot encode unpaired surrogates. */
  private static String replaced(String value) {
    return new String(value.getBytes(UTF_8), UTF_8);
  }

  static String printable(String value) {
    if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "'"
              + value.replaceAll("\\p{Cntrl}", "?")
              + "' is blank or contains a control character.");
    }
    return value;
  }
}
