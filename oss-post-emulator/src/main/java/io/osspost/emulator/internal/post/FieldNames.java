package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.FIELD_NAMES_EXACT;

import io.osspost.emulator.rules.EmulatorRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the field that a part of a form means. One page of the documentation compares names without
 * case, another one with case. {@code Signature} and {@code signature} are always accepted: the
 * first is documented, and the vendor's pages send the second.
 */
final class FieldNames {
  static final String FILE = "file";

  private static final Map<String, List<String>> SPELLINGS =
      Stream.of(
              FILE,
              "key",
              "policy",
              "OSSAccessKeyId",
              "Signature",
              "signature",
              "Cache-Control",
              "Content-Type",
              "Content-Disposition",
              "Content-Encoding",
              "Expires",
              "success_action_redirect",
              "success_action_status",
              "callback")
          .collect(Collectors.groupingBy(FieldNames::lowerCase, Collectors.toList()));

  private final Function<String, Optional<String>> meaning;

  private FieldNames(Function<String, Optional<String>> meaning) {
    this.meaning = meaning;
  }

  static FieldNames of(EmulatorRules rules) {
    return rules.has(FIELD_NAMES_EXACT)
        ? new FieldNames(sent -> Optional.of(lowerCase(sent)).filter(name -> isSpelt(sent, name)))
        : new FieldNames(sent -> Optional.of(lowerCase(sent)));
  }

  /**
   * Returns the name of the field in lower case; empty if OSS ignores a part with the name {@code
   * sent}.
   */
  Optional<String> fieldOf(String sent) {
    return meaning.apply(sent);
  }

  boolean isFile(Part part) {
    return fieldOf(part.name()).filter(FILE::equals).isPresent();
  }

  private static boolean isSpelt(String sent, String name) {
    return name.startsWith("x-oss-")
        ? sent.equals(name)
        : SPELLINGS.getOrDefault(name, List.of(sent)).contains(sent);
  }

  static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
