package io.osspost;

import io.osspost.profile.UploadProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The form fields and headers that a profile's settings result in. Immutable.
 *
 * <p>Source: OSS documentation, "PostObject".
 */
final class ProfileFields {
  static final String SUCCESS_STATUS = "success_action_status";
  static final String FORBID_OVERWRITE = "x-oss-forbid-overwrite";
  static final String STORED_TYPE = "x-oss-content-type";

  private static final String SUCCESS_REDIRECT = "success_action_redirect";
  static final String ACL = "x-oss-object-acl";
  static final String DISPOSITION = "Content-Disposition";

  /** A header that forms cannot carry. */
  private static final String TAGGING = "x-oss-tagging";

  /** The fields that the vendor's document names as targets of conditions, in lower case. */
  private static final Set<String> DOCUMENTED_TARGETS =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "expires",
          "key",
          SUCCESS_REDIRECT,
          SUCCESS_STATUS);

  private final boolean documentedOnly;
  private final Map<String, String> common;
  private final Map<String, String> headers;
  private final List<String> explicit;

  private ProfileFields(boolean documentedOnly, Map<String, String> fields, List<String> explicit) {
    this.documentedOnly = documentedOnly;
    this.explicit = List.copyOf(explicit);
    Map<String, String> ofForms = new LinkedHashMap<>(fields);
    ofForms.remove(TAGGING);
    ofForms.keySet().removeIf(name -> !mayCarry(name));
    this.common = Collections.unmodifiableMap(ofForms);
    Map<String, String> ofOthers = new LinkedHashMap<>(fields);
    ofOthers.keySet().retainAll(explicit);
    ofOthers.keySet().removeIf(name -> name.startsWith("success_action_"));
    this.headers = Collections.unmodifiableMap(ofOthers);
  }

  static ProfileFields of(UploadProfile profile) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(SUCCESS_STATUS, String.valueOf(profile.successStatus()));
    // This is OSS's own default. It is sent and pinned so that no page can send another value.
    fields.put(ACL, profile.acl().orElse("default"));
    profile.successRedirect().ifPresent(page -> fields.put(SUCCESS_REDIRECT, page.toString()));
    profile.storageClass().ifPresent(value -> fields.put("x-oss-storage-class", value));
    profile.disposition().ifPresent(value -> fields.put(DISPOSITION, value));
    profile.cacheControl().ifPresent(value -> fields.put("Cache-Control", value));
    profile.contentEncoding().ifPresent(value -> fields.put("Content-Encoding", value));
    profile.expires().ifPresent(value -> fields.put("Expires", value));
    profile.encryption().ifPresent(value -> fields.put("x-oss-server-side-encryption", value));
    profile.tagging().ifPresent(value -> fields.put(TAGGING, value));
    profile.metadata().forEach((name, value) -> fields.put("x-oss-meta-" + name, value));
    List<String> explicit = new ArrayList<>(fields.keySet());
    if (profile.successStatus() == 200) {
      explicit.remove(SUCCESS_STATUS);
    }
    if (fields.get(ACL).equals("default")) {
      explicit.remove(ACL);
    }
    if (profile.dispositionHasFilename()) {
      fields.remove(DISPOSITION); // Each upload has its own.
    }
    return new ProfileFields(profile.documentedFieldsOnly(), fields, explicit);
  }

  /**
   * Returns the fields that every form of the profile sends, in order, except key, type and
   * signature.
   */
  Map<String, String> common() {
    return common;
  }

  /** Returns the names of the fields that the operator set to a value other than the default. */
  List<String> explicit() {
    return explicit;
  }

  /** Returns whether forms of the profile may send a field of that name. */
  boolean mayCarry(String field) {
    return !documentedOnly || isDocumentedTarget(field);
  }

  /** Returns the headers that the profile sets on uploads other than forms. */
  Map<String, String> headers() {
    return headers;
  }

  private static boolean isDocumentedTarget(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return DOCUMENTED_TARGETS.contains(name) || name.startsWith("x-oss-meta-");
  }
}
