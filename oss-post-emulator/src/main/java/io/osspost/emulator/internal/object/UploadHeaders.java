package io.osspost.emulator.internal.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.store.ObjectAcl;
import io.osspost.emulator.internal.store.ObjectHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The properties of an object besides its content, from the headers of a request or the fields of a
 * form, after OSS's checks. Names are in lower case; an empty value is treated as missing.
 * Immutable.
 */
public final class UploadHeaders {
  private static final List<String> STORED =
      List.of(
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding",
          "Content-Language",
          "Expires");
  private static final String META = "x-oss-meta-";
  private static final String ENCRYPTION_KEY = "x-oss-server-side-encryption-key-id";
  private static final int MOST_METADATA = 8 << 10;
  private static final Set<String> STORAGE_CLASSES =
      Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");
  private static final Set<String> ENCRYPTIONS = Set.of("AES256", "KMS", "SM4");

  private final Map<String, String> sent;

  public UploadHeaders(Map<String, String> sent) {
    this.sent = sent;
  }

  /**
   * Reads the properties to store.
   *
   * @param contentType the resulting type; {@code application/octet-stream} if there is none
   */
  public ObjectHeaders stored(Optional<String> contentType) {
    Map<String, String> stored = new LinkedHashMap<>();
    for (String name : STORED) {
      sent(name.toLowerCase(Locale.ROOT)).ifPresent(value -> stored.put(name, value));
    }
    metadata(stored);
    stored.put("x-oss-storage-class", storageClass());
    encryption(stored);
    stored.forEach(HeaderValues::check);
    String type = contentType.orElse("application/octet-stream");
    HeaderValues.check("Content-Type", type);
    return new ObjectHeaders(type, acl(), stored);
  }

  /** Reads the properties to store, and the tags, which forms cannot have. */
  public ObjectHeaders storedWithTags(Optional<String> contentType) {
    ObjectHeaders plain = stored(contentType);
    Optional<String> tags = sent(ObjectHeaders.TAGGING);
    if (tags.isEmpty()) {
      return plain;
    }
    ObjectTags.check(tags.get());
    Map<String, String> stored = new LinkedHashMap<>(plain.stored());
    stored.put(ObjectHeaders.TAGGING, tags.get());
    return new ObjectHeaders(plain.contentType(), plain.acl(), stored);
  }

  /**
   * Returns the properties of a copy of {@code source}: its headers, with ACL, storage class and
   * encryption of this request.
   */
  ObjectHeaders copied(ObjectHeaders source) {
    Map<String, String> stored = new LinkedHashMap<>(source.stored());
    stored.put("x-oss-storage-class", storageClass());
    stored.remove("x-oss-server-side-encryption");
    stored.remove(ENCRYPTION_KEY);
    encryption(stored);
    return new ObjectHeaders(source.contentType(), acl(), stored);
  }

  /** Returns whether an existing object must not be replaced. */
  public boolean forbidsOverwrite() {
    String value = sent("x-oss-forbid-overwrite").orElse("false");
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

  private Optional<String> sent(String name) {
    return Optional.ofNullable(sent.get(name)).filter(value -> !value.isEmpty());
  }

  private void metadata(Map<String, String> stored) {
    int size = 0;
    for (Map.Entry<String, String> header : sent.entrySet()) {
      if (header.getKey().startsWith(META)) {
        stored.put(header.getKey(), header.getValue());
        size += (header.getKey() + header.getValue()).getBytes(UTF_8).length;
      }
    }
    if (size > MOST_METADATA) {
      throw OssError.invalidArgument("Meta is too large.", "x-oss-meta", "")
          .ec("0011-00000002")
          .because(
              "names and values of x-oss-meta-* have "
                  + size
                  + " bytes; OSS accepts "
                  + MOST_METADATA);
    }
  }

  private String storageClass() {
    String value = sent("x-oss-storage-class").orElse("Standard");
    if (!STORAGE_CLASSES.contains(value)) {
      throw OssError.invalidArgument(
              "The specified x-oss-storage-class is invalid.", "x-oss-storage-class", value)
          .because("x-oss-storage-class is '" + value + "'; it must be one of " + STORAGE_CLASSES);
    }
    return value;
  }

  private void encryption(Map<String, String> stored) {
    sent("x-oss-server-side-encryption")
        .ifPresent(value -> stored.put("x-oss-server-side-encryption", encryption(value)));
    encryptionKey().ifPresent(id -> stored.put(ENCRYPTION_KEY, id));
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

  /** Returns the KMS key: the named one, otherwise the default key. */
  private Optional<String> encryptionKey() {
    String id = sent.get(ENCRYPTION_KEY);
    if (id != null && id.isEmpty()) {
      throw OssError.invalidArgument("The specified KMS key id is empty.", ENCRYPTION_KEY, "")
          .ec("0005-00000205")
          .because(ENCRYPTION_KEY + " is empty: name a key, or omit it");
    }
    return Optional.ofNullable(id);
  }

  /** Returns the object's own ACL; {@code default} without one. */
  public ObjectAcl acl() {
    String value = sent("x-oss-object-acl").orElse(ObjectAcl.DEFAULT.wireName());
    Optional<ObjectAcl> acl = ObjectAcl.of(value);
    if (acl.isEmpty()) {
      throw OssError.invalidArgument(
              "The specified x-oss-object-acl is invalid.", "x-oss-object-acl", value)
          .because("x-oss-object-acl is '" + value + "', which is not an ACL of an object");
    }
    return acl.get();
  }
}
