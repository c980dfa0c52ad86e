package io.osspost.emulator.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.http.OssError;
import io.osspost.emulator.store.ObjectAcl;
import io.osspost.emulator.store.ObjectHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a form that become headers of the object, once OSS would accept their values. */
final class FormHeaders {
  private static final List<String> STORED =
      List.of("Cache-Control", "Content-Disposition", "Content-Encoding", "Expires");
  private static final String META = "x-oss-meta-";
  private static final Set<String> STORAGE_CLASSES =
      Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");
  private static final Set<String> ENCRYPTIONS = Set.of("AES256", "KMS", "SM4");

  private FormHeaders() {}

  static ObjectHeaders of(PostForm form, PostRules rules) {
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : STORED) {
      form.sent(name).ifPresent(value -> stored.put(name, value));
    }
    metadata(form, rules, stored);
    stored.put("x-oss-storage-class", storageClass(form));
    form.sent("x-oss-server-side-encryption")
        .ifPresent(value -> stored.put("x-oss-server-side-encryption", encryption(value)));
    form.sent("success_action_redirect").ifPresent(url -> checkFitsOneLine("Location", url));
    stored.forEach(FormHeaders::checkFitsOneLine);
    String contentType = form.contentType().orElse("application/octet-stream");
    checkFitsOneLine("Content-Type", contentType);
    return new ObjectHeaders(contentType, acl(form), stored);
  }

  /** Whether an object of that name must not be replaced. */
  static boolean forbidsOverwrite(PostForm form) {
    String value = form.sent("x-oss-forbid-overwrite").orElse("false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw OssError.invalidArgument(
                  "The specified x-oss-forbid-overwrite is not true or false.",
                  "x-oss-forbid-overwrite",
                  value)
              .ec("0017-00000279")
              .because("x-oss-forbid-overwrite is '" + value + "'; it must be true or false");
    };
  }

  private static void metadata(PostForm form, PostRules rules, Map<String, String> stored) {
    int size = 0;
    for (Map.Entry<String, String> field : form.fields().entrySet()) {
      if (field.getKey().startsWith(META)) {
        stored.put(field.getKey(), field.getValue());
        size += (field.getKey() + field.getValue()).getBytes(UTF_8).length;
      }
    }
    if (size > rules.maxMetadata()) {
      throw OssError.invalidArgument("Meta is too large.", "x-oss-meta", "")
          .ec("0011-00000002")
          .because(
              "names and values of x-oss-meta-* have "
                  + size
                  + " bytes; OSS takes "
                  + rules.maxMetadata());
    }
  }

  private static String storageClass(PostForm form) {
    String value = form.sent("x-oss-storage-class").orElse("Standard");
    if (!STORAGE_CLASSES.contains(value)) {
      throw OssError.invalidArgument(
              "The specified x-oss-storage-class is invalid.", "x-oss-storage-class", value)
          .because("x-oss-storage-class is '" + value + "'; it must be one of " + STORAGE_CLASSES);
    }
    return value;
  }

  private static String encryption(String value) {
    if (!ENCRYPTIONS.contains(value)) {
      throw OssError.of(
              400,
              "InvalidEncryptionAlgorithmError",
              "The Encryption request you specified is not valid. Supported value:"
                  + " AES256/SM4/KMS.")
          .ec("0005-00000003")
          .because("x-oss-server-side-encryption is '" + value + "'");
    }
    return value;
  }

  private static ObjectAcl acl(PostForm form) {
    String value = form.sent("x-oss-object-acl").orElse(ObjectAcl.DEFAULT.wireName());
    Optional<ObjectAcl> acl = ObjectAcl.of(value);
    if (acl.isEmpty()) {
      throw OssError.invalidArgument(
              "The specified x-oss-object-acl is invalid.", "x-oss-object-acl", value)
          .because("x-oss-object-acl is '" + value + "', which is no ACL of an object");
    }
    return acl.get();
  }

  /** A line end in a value would let an uploader write headers of the answer. */
  private static void checkFitsOneLine(String header, String value) {
    if (value.chars().anyMatch(character -> character < ' ' && character != '\t')) {
      throw OssError.invalidArgument(
              "The specified " + header + " contains control characters.", header, "")
          .because(header + " contains a line end or another control character");
    }
  }
}
