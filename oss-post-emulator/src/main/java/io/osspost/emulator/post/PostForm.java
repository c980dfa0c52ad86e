package io.osspost.emulator.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.http.OssError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form up to its file: what comes later does not count. Names compare without case.
 * Immutable once read.
 */
final class PostForm {
  private final Map<String, String> fields;
  private final Part file;

  private PostForm(Map<String, String> fields, Part file) {
    this.fields = fields;
    this.file = file;
  }

  /** Reads the fields, and stops where the content of the file begins. */
  static PostForm read(MultipartReader reader, PostRules rules)
      throws IOException, MultipartException {
    Map<String, String> fields = new LinkedHashMap<>();
    int total = 0;
    for (Part part = reader.next(); part != null; part = reader.next()) {
      checkHead(part, rules);
      if (part.isFile()) {
        return new PostForm(fields, part);
      }
      FieldValue value = new FieldValue(part.name(), rules.maxFieldValue());
      reader.copyContent(value);
      total += value.size();
      if (total > rules.maxFields()) {
        throw OssError.of(
                400,
                "MaxPOSTPreDataLengthExceededError",
                "Your POST request fields preceding the upload file were too large.")
            .ec("0006-00000112")
            .because("the fields before the file exceed " + rules.maxFields() + " bytes");
      }
      String name = part.name().toLowerCase(Locale.ROOT);
      if (fields.putIfAbsent(name, value.text()) != null) {
        // Undocumented; a form that depends on which one counts is broken either way.
        throw OssError.invalidArgument(
                "The bucket POST contains a field more than once.", part.name(), "")
            .because("the field '" + part.name() + "' is sent more than once");
      }
    }
    throw PostErrors.malformed("0006-00000107")
        .because("the form has no field named 'file'; fields sent: " + fields.keySet());
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The value of {@code name}; a form without it is refused. */
  String required(String name, @Nullable String ec) {
    Optional<String> value = field(name);
    if (value.isEmpty()) {
      throw PostErrors.missing(name, ec)
          .because("the form has no '" + name + "' before its file, only " + fields.keySet());
    }
    return value.get();
  }

  Map<String, String> fields() {
    return fields;
  }

  /** The head of the file's part. */
  Part file() {
    return file;
  }

  /**
   * The type the object gets, if the form says one.
   *
   * <p>Documented order: field {@code x-oss-content-type}, the file part's own type, field {@code
   * Content-Type}.
   */
  Optional<String> contentType() {
    return sent("x-oss-content-type").or(file::type).or(() -> sent("content-type"));
  }

  /** A field that is sent and not empty. */
  Optional<String> sent(String name) {
    return field(name).filter(value -> !value.isEmpty());
  }

  /** Whether the form tries to sign: then every part of a signature is needed. */
  boolean isSigned() {
    return fields.containsKey("policy")
        || fields.containsKey("ossaccesskeyid")
        || fields.containsKey("signature")
        || fields.containsKey("x-oss-signature-version")
        || fields.containsKey("x-oss-credential")
        || fields.containsKey("x-oss-signature");
  }

  private static void checkHead(Part part, PostRules rules) {
    if (part.name().getBytes(UTF_8).length > rules.maxFieldName()) {
      throw PostErrors.fieldNameTooLong()
          .because("a field name exceeds " + rules.maxFieldName() + " bytes");
    }
    if (!part.otherHeaders().isEmpty()) {
      throw OssError.invalidArgument(
              "The bucket POST contains unrecognized field name.", part.otherHeaders().get(0), "")
          .because(
              "the part '"
                  + part.name()
                  + "' has the header lines "
                  + part.otherHeaders()
                  + ", which a form has no use for");
    }
  }

  /** The names of the fields, not their values: this ends up in logs. */
  @Override
  public String toString() {
    return "PostForm" + fields.keySet();
  }
}
