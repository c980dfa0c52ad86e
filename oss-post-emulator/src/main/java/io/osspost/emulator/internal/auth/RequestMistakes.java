package io.osspost.emulator.internal.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the mistake that led to a wrong request signature: tries common mistakes, one after the
 * other.
 */
final class RequestMistakes {
  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "HEAD", "DELETE");
  private static final List<String> TYPES =
      List.of("application/octet-stream", "application/x-www-form-urlencoded", "text/plain");

  /** A mistake, applied to a text to sign. */
  private record TextChange(String inWords, UnaryOperator<String> doing) {}

  private RequestMistakes() {}

  /**
   * Explains why {@code sent} is not the signature.
   *
   * @param toSign the canonical request of V4, or the string to sign of V1
   * @param sign signs such a text with a secret
   */
  static String explain(
      AccessKey key, AccessKeys keys, String sent, String toSign, ReceivedSignature.Signing sign) {
    Stream<SigningMistake> ofSecret =
        keys.all()
            .map(
                other ->
                    new SigningMistake(
                        "the secret is that of key '" + other.id() + "', not of '" + key.id() + "'",
                        toSign,
                        () -> sign.sign(other.secret(), toSign)));
    Stream<SigningMistake> ofText =
        textChanges(toSign).stream()
            .map(slip -> mistake(slip, slip.doing().apply(toSign), key, sign))
            .filter(mistake -> !mistake.signed().equals(toSign));
    Optional<String> found =
        SigningMistake.firstMatching(sent, toSign, Stream.concat(ofSecret, ofText));
    return found.orElse(
        "the signature is not the one that key '"
            + key.id()
            + "' makes for this request: another secret signed it, or method, path, query, "
            + "Content-Type, Content-MD5 or "
            + otherHeaders(toSign)
            + " differs from the signed one");
  }

  /** Returns the other headers that a signature covers: V4 lists additional ones in a line. */
  private static String otherHeaders(String toSign) {
    String[] lines = toSign.split("\n", -1);
    boolean additional =
        toSign.endsWith(CanonicalRequest.PAYLOAD) && !lines[lines.length - 2].isEmpty();
    return additional
        ? "an x-oss-* or additional header (" + lines[lines.length - 2] + ")"
        : "an x-oss-* header";
  }

  private static SigningMistake mistake(
      TextChange slip, String text, AccessKey key, ReceivedSignature.Signing sign) {
    return new SigningMistake(slip.inWords(), text, () -> sign.sign(key.secret(), text));
  }

  private static List<TextChange> textChanges(String toSign) {
    List<TextChange> slips = new ArrayList<>();
    String method = toSign.substring(0, toSign.indexOf('\n'));
    for (String other : METHODS) {
      slips.add(
          new TextChange(
              "the request was signed for " + other + ", but sent as " + method,
              text -> other + text.substring(method.length())));
    }
    slips.add(
        new TextChange(
            "the request was signed without a Content-Type, but sent with one",
            text -> withType(text, "")));
    for (String type : TYPES) {
      slips.add(
          new TextChange(
              "the request was signed with Content-Type " + type + ", but sent with another",
              text -> withType(text, type)));
    }
    slips.add(
        new TextChange(
            "spaces were signed as '+' instead of %20", text -> text.replace("%20", "+")));
    slips.add(
        new TextChange(
            "the path was signed without its bucket",
            text -> line(text, 1, path -> path.replaceFirst("^/[^/]+(?=/)", ""))));
    return slips;
  }

  /**
   * Returns the text with another Content-Type: in V4 a line with its name, in V1 the third line.
   */
  private static String withType(String text, String type) {
    if (text.contains("\ncontent-type:")) {
      String line = type.isEmpty() ? "\n" : "\ncontent-type:" + type + "\n";
      return text.replaceFirst("\ncontent-type:[^\n]*\n", line);
    }
    return text.endsWith(CanonicalRequest.PAYLOAD) ? text : line(text, 2, old -> type);
  }

  private static String line(String text, int number, UnaryOperator<String> change) {
    String[] lines = text.split("\n", -1);
    if (number < lines.length) {
      lines[number] = change.apply(lines[number]);
    }
    return Stream.of(lines).collect(Collectors.joining("\n"));
  }
}
