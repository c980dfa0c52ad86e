package io.osspost.emulator.internal.bucket;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.PercentEncoding;
import io.osspost.emulator.internal.protocol.Xml;
import java.util.function.UnaryOperator;

/** The common parameters of lists: the maximum number, a marker, and the encoding of names. */
public final class ListParameters {
  private static final int MOST = 1000;

  private ListParameters() {}

  /** Returns the parameter {@code name}, from 0 to 1000. */
  public static int count(OssRequest request, String name, int standard) {
    String text =
        request.query(name).filter(value -> !value.isEmpty()).orElse(Integer.toString(standard));
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MOST) {
      throw OssError.invalidArgument(
              "Argument " + name + " must be between 1 and 1000.", name, text)
          .because(name + " is '" + text + "', not a number up to " + MOST);
    }
    return Integer.parseInt(text);
  }

  /** Returns the parameter {@code name}, a number from 0 to {@code most}; 0 without one. */
  public static int marker(OssRequest request, String name, int most) {
    String text = request.query(name).filter(value -> !value.isEmpty()).orElse("0");
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
      throw OssError.invalidArgument(
              "Argument " + name + " must be between 0 and " + most + ".", name, text)
          .because(name + " is '" + text + "', not a number up to " + most);
    }
    return Integer.parseInt(text);
  }

  /** Returns the encoding of names: percent-encoded for {@code encoding-type=url}. */
  public static UnaryOperator<String> encoding(OssRequest request) {
    String type =
        request.query("encoding-type").or(() -> request.header("encoding-type")).orElse("");
    if (!type.isEmpty() && !type.equals("url")) {
      throw OssError.invalidArgument(
              "Invalid Encoding Method specified in Request.", "encoding-type", type)
          .because("encoding-type is '" + type + "'; OSS accepts 'url'");
    }
    return type.isEmpty() ? UnaryOperator.identity() : PercentEncoding::encode;
  }

  /** Writes the encoding of names, because clients decode only if it is stated. */
  public static void writeEncoding(Xml xml, OssRequest request) {
    if (encoding(request).apply(" ").equals("%20")) {
      xml.member("EncodingType", "url");
    }
  }
}
