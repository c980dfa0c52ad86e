package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.CONTENT_TYPE_FIELD_FIRST;
import static io.osspost.emulator.rules.EmulatorRule.FIELD_TWICE_LAST;
import static io.osspost.emulator.rules.EmulatorRule.FIELD_TWICE_REFUSED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.rules.EmulatorRules;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a form before its file. Immutable. */
final class PostForm {
  private final Map<String, String> fields;
  private final Part file;
  private final boolean fieldTypeFirst;

  private PostForm(Map<String, String> fields, Part file, boolean fieldTypeFirst) {
    this.fields = fields;
    this.file = file;
    this.fieldTypeFirst = fieldTypeFirst;
  }

  /** Reads the fields, up to the beginning of the file's content. */
  static PostForm read(MultipartReader reader, EmulatorRules rules)
      throws IOException, MultipartException {
    FieldNames names = FieldNames.of(rules);
    FieldLimits limits = FieldLimits.of(rules);
    Map<String, String> fields = new LinkedHashMap<>();
    int total = 0;
    for (Part part = reader.next(); part != null; part = reader.next()) {
      checkHead(part, limits);
      if (names.isFile(part)) {
        return new PostForm(fields, part, rules.has(CONTENT_TYPE_FIELD_FIRST));
      }
      FieldValue value = new FieldValue(part.name(), limits.value());
      reader.copyContent(value);
      total += value.size();
      checkTotal(total, limits);
      Optional<String> name = names.fieldOf(part.name());
      if (name.isPresent()) {
        add(fields, name.get(), value.text(), rules);
      }
    }
    throw PostErrors.malformed("0006-00000107")
        .because("the form has no field named 'file'; fields sent: " + fields.keySet());
  }

  private static void add(
      Map<String, String> fields, String name, String value, EmulatorRules rules) {
    if (!fields.containsKey(name) || rules.has(FIELD_TWICE_LAST)) {
      fields.put(name, value);
    } else if (rules.has(FIELD_TWICE_REFUSED)) {
      // The form is wrong, whichever of the two values OSS would use.
      throw OssError.invalidArgument("The bucket POST contains a field more than once.", name, "")
          .because("the field '" + name + "' is sent more than once");
    }
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(FieldNames.lowerCase(name)));
  }

  /** Returns the value of a field. Rejects the form if the field is missing. */
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

  /** Returns the head of the file's part. */
  Part file() {
    return file;
  }

  /**
   * Returns the type of the object; empty if the form has none.
   *
   * <p>Documented order, with the default rule: field {@code x-oss-content-type}, the file part's
   * own type, field {@code Content-Type}.
   */
  Optional<String> contentType() {
    Optional<String> field = sent("content-type");
    Optional<String> last = fieldTypeFirst ? field.or(file::type) : file.type().or(() -> field);
    return sent("x-oss-content-type").or(() -> last);
  }

  /** Returns the value of a field; empty if it is missing or an empty text. */
  Optional<String> sent(String name) {
    return field(name).filter(value -> !value.isEmpty());
  }

  /** Returns whether the form has any field of a signature. Then all of them are required. */
  boolean isSigned() {
    return fields.containsKey("policy")
        || fields.containsKey("ossaccesskeyid")
        || fields.containsKey("signature")
        || fields.containsKey("x-oss-signature-version")
        || fields.containsKey("x-oss-credential")
        || fields.containsKey("x-oss-signature");
  }

  private static void checkHead(Part part, FieldLimits limits) {
    if (part.name().getBytes(UTF_8).length > limits.name()) {
      throw PostErrors.fieldNameTooLong()
          .because("a field name exceeds " + limits.name() + " bytes");
    }
    if (!part.otherHeaders().isEmpty()) {
      throw OssError.invalidArgument(
              "The bucket POST contains unrecognized field name.", part.otherHeaders().get(0), "")
          .because(
              "the part '"
                  + part.name()
                  + "' has the headers "
                  + part.otherHeaders()
                  + ", which OSS does not allow in a form");
    }
  }

  private static void checkTotal(int total, FieldLimits limits) {
    if (total > limits.together()) {
      throw OssError.of(
              400,
              "MaxPOSTPreDataLengthExceededError",
              "Your POST request fields preceding the upload file were too large.")
          .ec("0006-00000112")
          .because("the fields before the file exceed " + limits.together() + " bytes");
    }
  }

  /** Returns the names of the fields, not their values, because logs contain it. */
  @Override
  public String toString() {
    return "PostForm" + fields.keySet();
  }
}
