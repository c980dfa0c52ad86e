package io.osspost.sts.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.osspost.credentials.CredentialsUnavailableException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a service returned no credentials, and the fix.
 *
 * @param code the service's own, such as {@code NoPermission}; empty if there is none
 */
record Refusal(String code, String fact) {
  private static final int LONGEST_MESSAGE = 200;

  /** Characters that break or hide a line of a log. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

  static Refusal unreachable(String name, URI endpoint, @Nullable String why) {
    return new Refusal("", name + " at " + endpoint + " does not answer (" + oneLine(why) + ")");
  }

  /** Reads an error document. The message contains nothing else of the response. */
  static Refusal read(String name, int status, byte @Nullable [] body) {
    String code = "";
    String message = "";
    try {
      JsonElement document = JsonParser.parseString(body == null ? "" : new String(body, UTF_8));
      if (document.isJsonObject()) {
        code = text(document.getAsJsonObject(), "Code");
        message = text(document.getAsJsonObject(), "Message");
      }
    } catch (JsonParseException e) {
      // Only the status is known.
    }
    // STS quotes the text to sign, which contains the caller's token.
    String said = oneLine(message.replaceFirst("(?is)server string to sign.*", ""));
    return new Refusal(
        code,
        name
            + " answered "
            + status
            + (code.isEmpty() ? "" : " " + oneLine(code))
            + (said.isEmpty() ? "" : ": " + said));
  }

  boolean isAboutTheClock() {
    return code.toLowerCase(Locale.ROOT).startsWith("invalidtimestamp");
  }

  CredentialsUnavailableException toException() {
    return new CredentialsUnavailableException(fact + (fact.endsWith(".") ? " " : ". ") + fix());
  }

  private String fix() {
    if (isAboutTheClock()) {
      return "Correct this machine's clock.";
    }
    if (code.startsWith("Throttling")) {
      return "The account sends too many requests; retrying.";
    }
    if (code.startsWith("InvalidAccessKeyId") || code.startsWith("SignatureDoesNotMatch")) {
      return "Correct the AccessKey that assumes the role.";
    }
    return switch (code) {
      case "NoPermission" ->
          "Allow the caller to assume the role (AliyunSTSAssumeRoleAccess), and name the "
              + "caller in the role's trust policy.";
      case "EntityNotExist.Role", "InvalidParameter.RoleArn" -> "Correct the role's ARN.";
      case "InvalidParameter.DurationSeconds" ->
          "Write a shorter duration, or raise the role's maximum session duration.";
      default -> "Check that this machine can reach the service and is allowed to use it.";
    };
  }

  private static String text(JsonObject object, String member) {
    JsonElement value = object.get(member);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  private static String oneLine(@Nullable String text) {
    String line =
        text == null ? "no reason given" : UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
