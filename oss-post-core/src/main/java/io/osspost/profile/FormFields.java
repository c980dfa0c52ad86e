package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields a profile adds to its forms, by the names OSS gives them. Source: OSS documentation,
 * "PostObject". Not thread-safe; a profile takes a copy.
 */
final class FormFields {
  private static final Set<String> ACLS =
      Set.of("default", "private", "public-read", "public-read-write");
  private static final Set<String> STORAGE_CLASSES =
      Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");

  /** What the vendor's document names as targets of conditions, in lower case. */
  private static final Set<String> DOCUMENTED_TARGETS =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "expires",
          "key",
          "success_action_redirect",
          "success_action_status");

  private static final int MAX_METADATA_BYTES = 8 << 10;

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<String> set = new ArrayList<>();

  FormFields() {
    // OSS's own defaults, said aloud so that no page can say otherwise.
    fields.put("success_action_status", "200");
    fields.put("x-oss-object-acl", "default");
  }

  void successStatus(int status) {
    if (status != 200 && status != 201 && status != 204) {
      throw new IllegalArgumentException(
          "OSS answers 200, 201 or 204, not " + status + ". Write one of them.");
    }
    put("success_action_status", String.valueOf(status));
  }

  void successRedirect(URI page) {
    if (page.getHost() == null || !String.valueOf(page.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "'"
              + page
              + "' is no page a browser can go to. Write it like 'https://example.com/done'.");
    }
    put("success_action_redirect", page.toString());
  }

  void acl(String acl) {
    put("x-oss-object-acl", oneOf(acl, ACLS));
  }

  void storageClass(String storageClass) {
    put("x-oss-storage-class", oneOf(storageClass, STORAGE_CLASSES));
  }

  void disposition(String disposition) {
    put("Content-Disposition", printable(disposition));
  }

  void metadata(Map<String, String> metadata) {
    int bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      if (!name.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException(
            "'" + entry.getKey() + "' is no metadata name. Use letters, digits and hyphens.");
      }
      bytes += (name + entry.getValue()).getBytes(UTF_8).length;
      put("x-oss-meta-" + name, printable(entry.getValue()));
    }
    if (bytes > MAX_METADATA_BYTES) {
      throw new IllegalArgumentException(
          "The metadata has "
              + bytes
              + " bytes; OSS takes "
              + MAX_METADATA_BYTES
              + ". Shorten it.");
    }
  }

  /** Whether the vendor's document says that a policy may have a condition on {@code field}. */
  static boolean isDocumentedTarget(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return DOCUMENTED_TARGETS.contains(name) || name.startsWith("x-oss-meta-");
  }

  /** All fields, in the order to send them. */
  Map<String, String> all() {
    return new LinkedHashMap<>(fields);
  }

  /** Those of them that are documented targets; refuses when the operator set another. */
  Map<String, String> documentedOnly() {
    for (String name : set) {
      if (!isDocumentedTarget(name)) {
        throw new IllegalArgumentException(
            "A form that sends documented condition targets only cannot send "
                + name
                + ". Take it out, or pin all fields.");
      }
    }
    Map<String, String> documented = all();
    documented.keySet().removeIf(name -> !isDocumentedTarget(name));
    return documented;
  }

  /** The names of the fields that differ from what every form has. */
  List<String> beyondDefaults() {
    return List.copyOf(set);
  }

  private void put(String name, String value) {
    if (!value.equals(fields.put(name, value))) {
      set.add(name);
    }
  }

  private static String oneOf(String value, Set<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is unknown. Write one of " + known.stream().sorted().toList() + ".");
    }
    return value;
  }

  private static String printable(String value) {
    if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "'" + value.replaceAll("\\p{Cntrl}", "?") + "' is blank or holds a control character.");
    }
    return value;
  }
}
