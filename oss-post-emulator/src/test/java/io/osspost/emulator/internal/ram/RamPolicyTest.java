package io.osspost.emulator.internal.ram;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RAM documentation "Policy structure and syntax"; undocumented policies are rejected. */
class RamPolicyTest {
  private static final String GOOD =
      "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":\"*\"}]}";

  @Test
  void smallestPolicyIsAccepted() {
    assertThatCode(() -> RamPolicy.parse(GOOD)).doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"1\" | \"2012-10-17\" | Version must be",
        "\"1\" | 1.0 | Version must be",
        "\"Version\":\"1\", | `` | Version must be",
        "\"Version\" | \"version\" | unknown member 'version'",
        "\"Version\":\"1\" | \"Version\":\"1\",\"Id\":\"x\" | unknown member 'Id'",
        "\"Version\":\"1\" | \"Version\":\"1\",\"Version\":\"1\" | not JSON",
        "[{ | { | not JSON",
        "[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":\"*\"}] | [] | at least one",
        "[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":\"*\"}] | {} | must be an array",
        "[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":\"*\"}] | [1] | not an object",
        "\"Allow\" | \"allow\" | Effect must be",
        "\"Effect\":\"Allow\", | `` | Effect must be",
        "\"Action\":\"oss:*\", | `` | exactly one of Action and NotAction",
        "\"Action\":\"oss:*\" | \"Action\":\"oss:*\",\"NotAction\":\"oss:*\" | exactly one of"
            + " Action",
        "\"oss:*\" | [] | Action is empty",
        "\"oss:*\" | {} | Action contains a value",
        "\"oss:*\" | \"PutObject\" | 'PutObject' is not an action",
        "\"oss:*\" | \"oss:Put Object\" | is not an action",
        "\"oss:*\" | null | Action contains a value that is not a text",
        ",\"Resource\":\"*\" | `` | exactly one of Resource",
        "\"Resource\":\"*\" | \"Resource\":\"arn:aws:s3:::b/*\" | is not a resource",
        "\"Resource\":\"*\" | \"Resource\":\"b/*\" | is not a resource",
        "\"Resource\":\"*\" | \"Resource\":[[\"*\"]] | Resource contains a value",
        "\"*\"} | \"*\",\"Principal\":\"*\"} | unknown member 'Principal'",
        "\"*\"} | \"*\",\"Sid\":\"x\"} | unknown member 'Sid'",
        "\"*\"} | \"*\",\"Condition\":[]} | Condition is not an object",
        "\"*\"} | \"*\",\"Condition\":{\"StringEqualsIfExists\":{\"a\":\"b\"}}} | no such operator",
        "\"*\"} | \"*\",\"Condition\":{\"StringEquals\":\"a\"}} | StringEquals is not an object",
        "\"*\"} | \"*\",\"Condition\":{\"StringEquals\":{\"a\":[]}}} | a is empty",
        "\"*\"} | \"*\",\"Condition\":{\"NumericEquals\":{\"a\":\"b\"}}} | NumericEquals of a",
        "\"*\"} | \"*\",\"Condition\":{\"DateEquals\":{\"a\":\"soon\"}}} | not an ISO 8601 time",
        "\"*\"} | \"*\",\"Condition\":{\"Bool\":{\"a\":\"yes\"}}} | not true or false",
        "\"*\"} | \"*\",\"Condition\":{\"IpAddress\":{\"a\":\"localhost\"}}} | not an IP address",
        "\"*\"} | \"*\",\"Condition\":{\"IpAddress\":{\"a\":\"10.0.0.0/33\"}}} | not an address"
            + " range",
        "\"*\"} | \"*\",\"Condition\":{\"IpAddress\":{\"a\":\"10.0.0.0/x\"}}} | IpAddress of a",
        "}]} | }]} x | not JSON",
        "}]} | }] | not JSON",
      })
  void malformedPolicyIsRefused(String from, String to, String why) {
    String policy = GOOD.replace(from, to);
    assertThatThrownBy(() -> RamPolicy.parse(policy))
        .as(policy)
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"oss:*\" | \"*\"",
        "\"oss:*\" | [\"oss:PutObject\",\"oss:Get*\"]",
        "\"Action\" | \"NotAction\"",
        "\"Resource\" | \"NotResource\"",
        "\"Resource\":\"*\" | \"Resource\":[\"acs:oss:*:*:b\",\"acs:oss:*:*:b/*\"]",
        "\"*\"} | \"*\",\"Condition\":{}}",
        "\"*\"} | \"*\",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":true}}}",
      })
  void variantIsTaken(String from, String to) {
    assertThatCode(() -> RamPolicy.parse(GOOD.replace(from, to))).doesNotThrowAnyException();
  }
}
