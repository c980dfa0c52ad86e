package io.osspost.sign;

import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.wire.JsonText;
import io.osspost.wire.UtcTime;
import java.util.List;
import java.util.Map;

/**
 * Writes the JSON text of a policy in two parts: a beginning, and the further conditions of one
 * form.
 *
 * <p>Conditions are written as in the vendor's examples: the bucket and the signature's fields as
 * {@code {"name":"value"}}, all others as {@code ["operator","$name",...]}.
 */
final class PolicyJson {
  /** The usual maximum length of a condition. */
  private static final int ROOM_PER_CONDITION = 64;

  private PolicyJson() {}

  /**
   * Returns the text up to the last condition of {@code policy}; {@link #close} appends more. The
   * conditions on the signature's fields follow the condition on the bucket.
   */
  static byte[] open(PostPolicy policy, Map<String, String> signatureFields) {
    JsonText json = new JsonText();
    json.openObject().member("expiration", UtcTime.extended(policy.expiration()));
    json.name("conditions").openArray();
    List<Condition> conditions = policy.conditions();
    write(json, conditions.get(0));
    signatureFields.forEach((name, value) -> writeExact(json, name, value));
    conditions.stream().skip(1).forEach(condition -> write(json, condition));
    return json.toBytes();
  }

  /**
   * Returns {@code unencoded}, the end of the text so far, followed by {@code conditions} and the
   * closing brackets.
   */
  static byte[] close(byte[] unencoded, List<Condition> conditions) {
    JsonText json = JsonText.after(unencoded, ROOM_PER_CONDITION * (1 + conditions.size()));
    conditions.forEach(condition -> write(json, condition));
    return json.closeArray().closeObject().toBytes();
  }

  private static void writeExact(JsonText json, String name, String value) {
    json.openObject().member(name, escapeDollar(value)).closeObject();
  }

  private static void write(JsonText json, Condition condition) {
    if (condition instanceof Condition.Eq eq) {
      if (eq.field().equals("bucket")) {
        writeExact(json, eq.field(), eq.value());
      } else {
        begin(json, "eq", eq.field()).value(escapeDollar(eq.value())).closeArray();
      }
    } else if (condition instanceof Condition.StartsWith startsWith) {
      begin(json, "starts-with", startsWith.field())
          .value(escapeDollar(startsWith.prefix()))
          .closeArray();
    } else if (condition instanceof Condition.In in) {
      begin(json, "in", in.field()).values(escapeDollars(in.values())).closeArray();
    } else if (condition instanceof Condition.NotIn notIn) {
      begin(json, "not-in", notIn.field()).values(escapeDollars(notIn.values())).closeArray();
    } else if (condition instanceof Condition.ContentLengthRange range) {
      json.openArray().value("content-length-range");
      json.value(range.min()).value(range.max()).closeArray();
    }
  }

  private static JsonText begin(JsonText json, String operator, String field) {
    return json.openArray().value(operator).value("$" + field);
  }

  /** OSS reads {@code \$} in a policy's value as a literal dollar sign. */
  private static String escapeDollar(String value) {
    return value.indexOf('$') < 0 ? value : value.replace("$", "\\$");
  }

  private static List<String> escapeDollars(List<String> values) {
    return values.stream().map(PolicyJson::escapeDollar).toList();
  }
}
