package io.osspost.emulator.internal.sts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a role: {@code acs:ram::1234567890123456:role/uploader}.
 *
 * @param account the digits of its account
 */
public record RoleArn(String account, String role) {
  private static final Pattern ARN =
      Pattern.compile("acs:ram::(\\d{1,32}):role/([A-Za-z0-9._-]{1,64})");

  /** Reads an ARN; empty if {@code text} is not one. */
  public static Optional<RoleArn> of(String text) {
    Matcher arn = ARN.matcher(text);
    return arn.matches() ? Optional.of(new RoleArn(arn.group(1), arn.group(2))) : Optional.empty();
  }

  @Override
  public String toString() {
    return "acs:ram::" + account + ":role/" + role;
  }
}
