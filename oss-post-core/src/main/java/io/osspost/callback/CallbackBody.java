package io.osspost.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.callback.CallbackRefusedException.Reason;
import io.osspost.object.ObjectKey;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.CallbackVariable;
import io.osspost.wire.FlatJson;
import io.osspost.wire.MalformedJsonException;
import io.osspost.wire.PercentEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The body of a callback: one JSON object of plain values, or form pairs. A blank value counts as
 * absent.
 */
final class CallbackBody {
  private static final List<String> READ =
      List.of(
          CallbackParameter.TICKET,
          CallbackVariable.BUCKET.name(),
          CallbackVariable.OBJECT.name(),
          CallbackVariable.SIZE.name(),
          CallbackVariable.MIME_TYPE.name(),
          CallbackVariable.ETAG.name(),
          CallbackVariable.CRC64.name(),
          CallbackVariable.REQUEST_ID.name(),
          CallbackVariable.IMAGE_WIDTH.name(),
          CallbackVariable.IMAGE_HEIGHT.name(),
          CallbackVariable.IMAGE_FORMAT.name());

  private final Map<String, String> members;

  private CallbackBody(Map<String, String> members) {
    this.members = members;
  }

  /** Reads a body. A form never begins with a brace, because its first field is known. */
  static CallbackBody read(byte[] body) {
    return new CallbackBody(body.length > 0 && body[0] == '{' ? json(body) : form(body));
  }

  Optional<String> ticket() {
    return text(CallbackParameter.TICKET);
  }

  String bucket() {
    return required(CallbackVariable.BUCKET);
  }

  ObjectKey object() {
    try {
      return new ObjectKey(required(CallbackVariable.OBJECT));
    } catch (IllegalArgumentException e) {
      throw malformed("OSS does not allow the object's name");
    }
  }

  long size() {
    String size = required(CallbackVariable.SIZE);
    if (!size.matches("[0-9]{1,15}")) {
      throw malformed("the size is not a number of bytes");
    }
    return Long.parseLong(size);
  }

  String etag() {
    return required(CallbackVariable.ETAG);
  }

  Optional<String> text(CallbackVariable variable) {
    return text(variable.name());
  }

  Optional<UploadedImage> image() {
    OptionalInt width = pixels(CallbackVariable.IMAGE_WIDTH);
    OptionalInt height = pixels(CallbackVariable.IMAGE_HEIGHT);
    Optional<String> format = text(CallbackVariable.IMAGE_FORMAT);
    return width.isPresent() && height.isPresent() && format.isPresent()
        ? Optional.of(new UploadedImage(width.getAsInt(), height.getAsInt(), format.get()))
        : Optional.empty();
  }

  /** Returns the members that have no accessor of their own. */
  Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>(members);
    READ.forEach(others::remove);
    others.values().removeIf(String::isEmpty);
    return others;
  }

  private OptionalInt pixels(CallbackVariable variable) {
    return text(variable)
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(digits -> OptionalInt.of(Integer.parseInt(digits)))
        .orElse(OptionalInt.empty());
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name)).filter(value -> !value.isEmpty());
  }

  private String required(CallbackVariable variable) {
    return text(variable).orElseThrow(() -> malformed("it lacks '" + variable.name() + "'"));
  }

  private static Map<String, String> json(byte[] body) {
    try {
      return FlatJson.read(body);
    } catch (MalformedJsonException e) {
      throw malformed("it is not a JSON object of plain values: " + e.getMessage());
    }
  }

  private static Map<String, String> form(byte[] body) {
    Map<String, String> plain = new LinkedHashMap<>();
    for (String pair : decode(body).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw malformed("it is neither JSON nor name and value pairs");
      }
      try {
        String name = spaced(pair.substring(0, equals));
        if (plain.putIfAbsent(name, spaced(pair.substring(equals + 1))) != null) {
          throw malformed("it contains a member twice");
        }
      } catch (IllegalArgumentException e) {
        throw malformed("one of its pairs is not correctly encoded");
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
      throw malformed("it is not UTF-8");
    }
  }

  /** Builds the refusal. {@code how} must not quote the body. */
  static CallbackRefusedException malformed(String how) {
    return new CallbackRefusedException(
        Reason.BODY_MALFORMED,
        "The callback's body is invalid: " + how + ".",
        "Build the callback parameter with reportUploads(), and do not change its body.");
  }
}
