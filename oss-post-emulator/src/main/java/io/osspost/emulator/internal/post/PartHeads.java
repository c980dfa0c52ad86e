package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.EXTENDED_FILENAME_USED;
import static io.osspost.emulator.rules.EmulatorRule.PART_HEAD_DISPOSITION_FIRST;
import static io.osspost.emulator.rules.EmulatorRule.PART_NAMES_QUOTED;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.post.MultipartException.Fault;
import io.osspost.emulator.rules.EmulatorRules;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of a form's parts (RFC 7578). A parser may accept more than OSS does, so the
 * rules decide about everything that browsers do not send. Immutable.
 */
final class PartHeads {
  private static final String DISPOSITION = "content-disposition";
  private static final String UTF_8_VALUE = "utf-8''";

  private final EmulatorRules rules;

  PartHeads(EmulatorRules rules) {
    this.rules = rules;
  }

  /** Reads the head of one part from its lines, without their ends. */
  Part read(List<String> lines) throws MultipartException {
    @Nullable String disposition = null;
    @Nullable String contentType = null;
    List<String> others = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).trim();
      switch (name.trim().toLowerCase(Locale.ROOT)) {
        case DISPOSITION -> disposition = value;
        case "content-type" -> contentType = value;
        case "content-transfer-encoding", "content-length" -> {}
        default -> others.add(name);
      }
    }
    if (disposition == null) {
      throw unusable("a part has no Content-Disposition line");
    }
    HeaderParameters parameters = HeaderParameters.parse(disposition);
    String name = parameters.parameter("name").orElse("");
    if (!parameters.value().equals("form-data") || name.isEmpty()) {
      throw unusable("a part's Content-Disposition is not form-data with a name");
    }
    checkForm(name, parameters, lines.get(0));
    return new Part(name, filename(parameters), contentType, others);
  }

  private void checkForm(String name, HeaderParameters disposition, String firstLine)
      throws MultipartException {
    boolean isFirst = firstLine.toLowerCase(Locale.ROOT).startsWith(DISPOSITION);
    if (!isFirst && rules.has(PART_HEAD_DISPOSITION_FIRST)) {
      throw unusable(
          "the head of the part '"
              + name
              + "' does not begin with Content-Disposition; write that line before Content-Type,"
              + " or set the rule part-head=any-order");
    }
    for (String parameter : List.of("name", "filename")) {
      boolean isBare =
          disposition.parameters().containsKey(parameter) && !disposition.isQuoted(parameter);
      if (isBare && rules.has(PART_NAMES_QUOTED)) {
        throw unusable(
            "the "
                + parameter
                + " of the part '"
                + name
                + "' has no quotes, which OSS may not accept; write "
                + parameter
                + "=\"...\", or set the rule part-names=bare");
      }
    }
  }

  private @Nullable String filename(HeaderParameters disposition) throws MultipartException {
    @Nullable String plain = disposition.parameters().get("filename");
    @Nullable String extended = disposition.parameters().get("filename*");
    return plain == null && extended != null && rules.has(EXTENDED_FILENAME_USED)
        ? decoded(extended)
        : plain;
  }

  /** Decodes a value of RFC 5987 in UTF-8; another one is kept as it is. */
  private static String decoded(String extended) throws MultipartException {
    if (!extended.toLowerCase(Locale.ROOT).startsWith(UTF_8_VALUE)) {
      return extended;
    }
    try {
      return URLDecoder.decode(extended.substring(UTF_8_VALUE.length()).replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw unusable("filename* of a part is not percent-encoded");
    }
  }

  private static MultipartException unusable(String why) {
    return new MultipartException(Fault.NO_NAME, why);
  }
}
