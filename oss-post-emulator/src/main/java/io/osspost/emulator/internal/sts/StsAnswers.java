package io.osspost.emulator.internal.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.osspost.emulator.internal.auth.AccessKey;
import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Xml;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes responses as JSON or XML. Members contain text or further members.
 *
 * <p>Source: STS documentation "AssumeRole" and "Responses".
 */
final class StsAnswers {
  private StsAnswers() {}

  /** Returns the members of an opened session. */
  static Map<String, Object> session(SessionRequest request, AccessKey key) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("Arn", request.role() + "/" + request.sessionName());
    user.put("AssumedRoleId", roleId(request.role()) + ":" + request.sessionName());
    Map<String, Object> credentials = new LinkedHashMap<>();
    credentials.put("AccessKeyId", key.id());
    credentials.put("AccessKeySecret", key.secret());
    key.token()
        .ifPresent(
            token -> {
              credentials.put("SecurityToken", token.text());
              credentials.put("Expiration", token.expiry().toString());
            });
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("AssumedRoleUser", user);
    answer.put("Credentials", credentials);
    return answer;
  }

  static HttpAnswer document(boolean json, int status, String root, Map<String, Object> members) {
    if (json) {
      StringBuilder text = new StringBuilder();
      appendJson(text, members);
      return HttpAnswer.of(
          status, "application/json;charset=utf-8", text.toString().getBytes(UTF_8));
    }
    Xml xml = Xml.root(root);
    appendXml(xml, members);
    return HttpAnswer.of(status, "text/xml;charset=utf-8", xml.end().getBytes(UTF_8));
  }

  private static void appendJson(StringBuilder text, Map<?, ?> members) {
    char separator = '{';
    for (Map.Entry<?, ?> member : members.entrySet()) {
      text.append(separator).append(quoted(member.getKey())).append(':');
      if (member.getValue() instanceof Map<?, ?> nested) {
        appendJson(text, nested);
      } else {
        text.append(quoted(member.getValue()));
      }
      separator = ',';
    }
    text.append(separator == '{' ? "{}" : "}");
  }

  private static String quoted(Object text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text.toString())) + '"';
  }

  private static void appendXml(Xml xml, Map<?, ?> members) {
    members.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> nested) {
            xml.open(name.toString());
            appendXml(xml, nested);
            xml.close(name.toString());
          } else {
            xml.member(name.toString(), value.toString());
          }
        });
  }

  /** Returns a number that is the same for the same role, like the real one. */
  private static String roleId(RoleArn role) {
    return Long.toString(300_000_000_000_000_000L + Integer.toUnsignedLong(role.hashCode()));
  }
}
