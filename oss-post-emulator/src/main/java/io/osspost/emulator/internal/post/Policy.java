package io.osspost.emulator.internal.post;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The policy of a form: its conditions and its expiration. Immutable.
 *
 * <p>OSS has a page for each cause and its EC number. All of them have the code {@code
 * InvalidPolicyDocument}. Most messages are this emulator's choice.
 */
record Policy(Instant expiration, List<Condition> conditions) {
  /** The policy of an anonymous form. */
  static final Policy NONE = new Policy(Instant.MAX, List.of());

  private static final Pattern EXPIRATION =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

  Policy {
    conditions = List.copyOf(conditions);
  }

  /** Reads the {@code policy} field of a form. */
  static Policy decode(String field) {
    if (field.isEmpty()) {
      throw invalid("0006-00000205", "the policy is empty");
    }
    Object document = json(field);
    if (!(document instanceof Map<?, ?> members)) {
      throw invalid("0006-00000201", "Invalid JSON: the policy is not an object");
    }
    for (Object name : members.keySet()) {
      if (!name.equals("expiration") && !name.equals("conditions")) {
        throw invalid("0006-00000206", "unknown member '" + name + "'");
      }
    }
    Object expiration = members.get("expiration");
    Object conditions = members.get("conditions");
    if (expiration == null || conditions == null) {
      throw expiration != null
          ? invalid("0006-00000207", "member 'conditions' is missing")
          : conditions != null
              ? invalid("0006-00000208", "member 'expiration' is missing")
              : invalid("0006-00000209", "members 'expiration' and 'conditions' are missing");
    }
    return new Policy(expiration(expiration), conditions(conditions));
  }

  private static Object json(String field) {
    try {
      if (field.length() % 4 != 0) {
        throw new IllegalArgumentException("its length is not a multiple of four");
      }
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(field));
      return PolicyText.parse(UTF_8.newDecoder().decode(bytes).toString());
    } catch (IllegalArgumentException e) {
      throw invalid("0006-00000201", "Invalid JSON: not Base64: " + e.getMessage());
    } catch (CharacterCodingException e) {
      throw invalid("0006-00000201", "Invalid JSON: not UTF-8");
    } catch (JsonProcessingException e) {
      throw invalid("0006-00000201", "Invalid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw invalid("0006-00000201", "Invalid JSON: " + e.getMessage());
    }
  }

  private static Instant expiration(Object value) {
    if (!(value instanceof String text)) {
      throw invalid("0006-00000210", "expiration is not a string");
    }
    if (text.isEmpty()) {
      throw invalid("0006-00000211", "expiration is empty");
    }
    try {
      if (EXPIRATION.matcher(text).matches()) {
        return Instant.parse(text);
      }
    } catch (DateTimeException e) {
      // The date does not exist, for example 31 February. The error follows below.
    }
    throw invalid(
        "0006-00000212",
        "expiration '" + text + "' is not a UTC time such as 2030-01-01T00:00:00Z");
  }

  private static List<Condition> conditions(Object value) {
    if (!(value instanceof List<?> elements)) {
      throw invalid("0006-00000214", "conditions is not an array");
    }
    if (elements.isEmpty()) {
      throw invalid("0006-00000215", "conditions is empty");
    }
    List<Condition> conditions = new ArrayList<>();
    for (Object element : elements) {
      if (element instanceof Map<?, ?> members) {
        conditions.add(simple(members));
      } else if (element instanceof List<?> arguments) {
        conditions.add(withOperator(arguments));
      } else {
        throw invalid("0006-00000222", "a condition is neither an object nor an array");
      }
    }
    return conditions;
  }

  private static Condition simple(Map<?, ?> members) {
    if (members.size() != 1) {
      throw error(
              "Invalid Simple-Condition: Simple-Conditions must have exactly one property"
                  + " specified.")
          .because(
              "a condition that is a JSON object has "
                  + members.size()
                  + " members; it must have one");
    }
    Map.Entry<?, ?> member = members.entrySet().iterator().next();
    String field = Condition.fieldName(String.valueOf(member.getKey()));
    return new Condition.Eq(field, string(member.getValue(), "eq"));
  }

  private static Condition withOperator(List<?> arguments) {
    if (arguments.size() < 3) {
      throw invalid("0006-00000216", "a condition has fewer than three arguments");
    }
    if (arguments.size() > 3) {
      throw invalid("0006-00000218", "a condition has more than three arguments");
    }
    String operator = string(arguments.get(0), "operator").toLowerCase(Locale.ROOT);
    if (operator.equals("content-length-range")) {
      return range(arguments.get(1), arguments.get(2));
    }
    String field = Condition.fieldName(string(arguments.get(1), operator));
    Object operand = arguments.get(2);
    return switch (operator) {
      case "eq" -> new Condition.Eq(field, string(operand, operator));
      case "starts-with" -> new Condition.StartsWith(field, string(operand, operator));
      case "in" -> new Condition.In(field, strings(operand, operator));
      case "not-in" -> new Condition.NotIn(field, strings(operand, operator));
      default ->
          throw error("Invalid Condition: unknown operator '" + operator + "'.")
              .because(
                  "the policy uses the operator '" + operator + "', which OSS does not support");
    };
  }

  private static Condition range(Object min, Object max) {
    long low = bound(min);
    long high = bound(max);
    if (high < low) {
      throw invalid(
          "0006-00000219",
          "the maximum of content-length-range, " + high + ", is less than its minimum, " + low);
    }
    return new Condition.ContentLengthRange(low, high);
  }

  private static long bound(Object value) {
    if (!(value instanceof BigDecimal number)) {
      // Of the messages of this kind, OSS publishes only this one. It is about numbers in quotes.
      throw error("Invalid JSON. ")
          .ec("0006-00000223")
          .because("a bound of content-length-range is not a number: remove its quotes");
    }
    try {
      long bound = number.longValueExact();
      if (bound >= 0) {
        return bound;
      }
    } catch (ArithmeticException e) {
      // The number is a fraction, or too large. The error follows below.
    }
    throw invalid(
        "0006-00000221",
        "content-length-range bound " + number + " is not a whole number of bytes");
  }

  private static String string(Object value, String operator) {
    if (value instanceof String text) {
      return text;
    }
    throw invalid("0006-00000224", "'" + operator + "' needs a string");
  }

  private static List<String> strings(Object value, String operator) {
    if (!(value instanceof List<?> items)) {
      throw invalid("0006-00000224", "'" + operator + "' needs an array of strings");
    }
    List<String> strings = new ArrayList<>();
    for (Object item : items) {
      strings.add(string(item, operator));
    }
    return strings;
  }

  private static OssRefusedException invalid(String ec, String cause) {
    return error(cause + ".").ec(ec).because("the policy is invalid: " + cause);
  }

  private static OssError error(String message) {
    return OssError.of(400, "InvalidPolicyDocument", "Invalid Policy: " + message);
  }
}
