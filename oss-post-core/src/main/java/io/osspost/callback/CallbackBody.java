package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.object.ObjectKey;
import io.osspost.wire.JsonReader;
import io.osspost.wire.JsonValue;
import io.osspost.wire.MalformedJsonException;
import io.osspost.wire.PercentEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The body of a callback: one JSON object of plain values, or form pairs; blank means absent. */
final class CallbackBody {
  private static final List<String> READ =
      List.of(
          CallbackParameter.TICKET,
          CallbackParameter.Variable.BUCKET.name(),
          CallbackParameter.Variable.OBJECT.name(),
          CallbackParameter.Variable.SIZE.name(),
          CallbackParameter.Variable.MIME_TYPE.name(),
          CallbackParameter.Variable.ETAG.name(),
          CallbackParameter.Variable.CRC64.name(),
          CallbackParameter.Variable.REQUEST_ID.name(),
          CallbackParameter.Variable.IMAGE_WIDTH.name(),
          CallbackParameter.Variable.IMAGE_HEIGHT.name(),
          CallbackParameter.Variable.IMAGE_FORMAT.name());

  private final Map<String, String> members;

  private CallbackBody(Map<String, String> members) {
    this.members = members;
  }

  /** Reads a body; a form of ours never begins with a brace. */
  static CallbackBody read(byte[] body) {
    return new CallbackBody(body.length > 0 && body[0] == '{' ? json(body) : form(body));
  }

  Optional<String> ticket() {
    return text(CallbackParameter.TICKET);
  }

  String bucket() {
    return required(CallbackParameter.Variable.BUCKET);
  }

  ObjectKey object() {
    try {
      return new ObjectKey(required(CallbackParameter.Variable.OBJECT));
    } catch (IllegalArgumentException e) {
      throw malformed("its object has a name OSS does not allow");
    }
  }

  long size() {
    String size = required(CallbackParameter.Variable.SIZE);
    if (!size.matches("[0-9]{1,15}")) {
      throw malformed("its size is not a number of bytes");
    }
    return Long.parseLong(size);
  }

  String etag() {
    return required(CallbackParameter.Variable.ETAG);
  }

  Optional<String> text(CallbackParameter.Variable variable) {
    return text(variable.name());
  }

  Optional<UploadedObject.Image> image() {
    OptionalInt width = pixels(CallbackParameter.Variable.IMAGE_WIDTH);
    OptionalInt height = pixels(CallbackParameter.Variable.IMAGE_HEIGHT);
    Optional<String> format = text(CallbackParameter.Variable.IMAGE_FORMAT);
    return width.isPresent() && height.isPresent() && format.isPresent()
        ? Optional.of(new UploadedObject.Image(width.getAsInt(), height.getAsInt(), format.get()))
        : Optional.empty();
  }

  /** The members this class gives no name to. */
  Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>(members);
    READ.forEach(others::remove);
    others.values().removeIf(String::isEmpty);
    return others;
  }

  private OptionalInt pixels(CallbackParameter.Variable variable) {
    return text(variable)
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(digits -> OptionalInt.of(Integer.parseInt(digits)))
        .orElse(OptionalInt.empty());
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> !value.isEmpty());
  }

  private String required(CallbackParameter.Variable variable) {
    return text(variable).orElseThrow(() -> malformed("it lacks '" + variable.name() + "'"));
  }

  private static Map<String, String> json(byte[] body) {
    Map<String, String> plain = new LinkedHashMap<>();
    try {
      // The first byte was a brace, so what is read is an object.
      JsonValue.Members read = (JsonValue.Members) JsonReader.read(body);
      read.byName().forEach((name, value) -> plain.put(name, plain(value)));
    } catch (MalformedJsonException e) {
      throw malformed("it is no JSON: " + e.getMessage());
    }
    return plain;
  }

  private static String plain(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    if (value instanceof JsonValue.Numeral numeral) {
      return numeral.digits();
    }
    if (value instanceof JsonValue.Word word) {
      return switch (word) {
        case TRUE -> "true";
        case FALSE -> "false";
        case NULL -> "";
      };
    }
    throw malformed("it holds an object or array");
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> plain = new LinkedHashMap<>();
    for (String pair : decode(body).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw malformed("it is neither JSON nor pairs of name and value");
      }
      try {
        String name = spaced(pair.substring(0, equals));
        if (plain.putIfAbsent(name, spaced(pair.substring(equals + 1))) != null) {
          throw malformed("it names a member twice");
        }
      } catch (IllegalArgumentException e) {
        throw malformed("one of its pairs is wrongly encoded");
      }
    }
    return plain;
  }

  private static String spaced(String encoded) {
    return PercentEncoding.decodeText(encoded.replace('+', ' '));
  }

  private static String decode(byte[] body) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("it is no UTF-8");
    }
  }

  /** Builds the refusal; {@code how} quotes nothing of the body. */
  static CallbackRefusedException malformed(String how) {
    return new CallbackRefusedException(
        Reason.BODY_MALFORMED,
        "The body is not what was asked for: " + how + ".",
        "Make the callback with CallbackParameter.forUploads, and leave its body as it is.");
  }
}
