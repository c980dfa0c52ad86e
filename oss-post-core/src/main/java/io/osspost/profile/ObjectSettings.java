package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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
