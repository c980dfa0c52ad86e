package io.osspost.emulator.internal.ram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions that a separately written evaluator confirmed. */
class PermissionsTest {

  static Stream<Arguments> decisions() throws IOException {
    JsonObject vectors = vectors();
    JsonObject policies = vectors.getAsJsonObject("policies");
    return StreamSupport.stream(vectors.getAsJsonArray("cases").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(
            example ->
                Arguments.of(
                    example.get("id").getAsString(),
                    permissions(policies, example),
                    new RamRequest(
                        example.get("action").getAsString(),
                        example.get("resource").getAsString(),
                        context(example)),
                    example.get("decision").getAsString()));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("decisions")
  void decidesAsTheExamplesSay(
      String id, Permissions permissions, RamRequest request, String decision) {
    assertThat(permissions.decide(request))
        .isEqualTo(
            switch (decision) {
              case "allow" -> Decision.ALLOW;
              case "explicitDeny" -> Decision.EXPLICIT_DENY;
              default -> Decision.IMPLICIT_DENY;
            });
  }

  @Test
  void allExamplesAreThere() throws IOException {
    assertThat(decisions()).hasSize(70);
  }

  @ParameterizedTest(name = "{0} is {2} for {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"StringEqualsIgnoreCase\":{\"acs:UserAgent\":\"JAVA\"} | acs:UserAgent=java | true",
        "\"StringEquals\":{\"acs:UserAgent\":\"JAVA\"} | acs:UserAgent=java | false",
        "\"StringEquals\":{\"ACS:useragent\":\"java\"} | acs:UserAgent=java | true",
        "\"StringEquals\":{\"acs:UserAgent\":\"*\"} | acs:UserAgent=java | false",
        "\"StringLike\":{\"acs:UserAgent\":\"j?v*\"} | acs:UserAgent=java | true",
        "\"StringNotLike\":{\"acs:UserAgent\":\"j*\"} | acs:UserAgent=java | false",
        "\"StringNotLike\":{\"acs:UserAgent\":\"j*\"} | other=x | true",
        "\"StringLike\":{\"acs:UserAgent\":\"*\"} | other=x | false",
        "\"StringNotEquals\":{\"acs:UserAgent\":[\"a\",\"b\"]} | acs:UserAgent=b | false",
        "\"StringNotEquals\":{\"acs:UserAgent\":[\"a\",\"b\"]} | acs:UserAgent=c | true",
        "\"StringNotEqualsIgnoreCase\":{\"acs:UserAgent\":\"A\"} | acs:UserAgent=a | false",
        "\"NumericLessThan\":{\"n\":\"10\"} | n=9.5 | true",
        "\"NumericLessThan\":{\"n\":10} | n=10 | false",
        "\"NumericLessThanEquals\":{\"n\":\"10\"} | n=10.0 | true",
        "\"NumericGreaterThan\":{\"n\":\"10\"} | n=words | false",
        "\"NumericGreaterThanEquals\":{\"n\":\"10\"} | n=1e1 | true",
        "\"NumericEquals\":{\"n\":\"10\"} | n=11 | false",
        "\"NumericNotEquals\":{\"n\":\"10\"} | n=11 | true",
        "\"DateGreaterThan\":{\"acs:CurrentTime\":\"2024-03-15T16:00:00+08:00\"} |"
            + " acs:CurrentTime=2024-03-15T08:00:01Z | true",
        "\"DateGreaterThan\":{\"acs:CurrentTime\":\"2024-03-15T16:00:00+08:00\"} |"
            + " acs:CurrentTime=2024-03-15T08:00:00Z | false",
        "\"DateLessThanEquals\":{\"acs:CurrentTime\":\"2024-03-15T08:00:00Z\"} |"
            + " acs:CurrentTime=2024-03-15T08:00:00Z | true",
        "\"Bool\":{\"acs:SecureTransport\":false} | acs:SecureTransport=false | true",
        "\"Bool\":{\"acs:SecureTransport\":\"HTTPS\"} | acs:SecureTransport=false | false",
        "\"Bool\":{\"acs:SecureTransport\":\"HTTP\"} | acs:SecureTransport=false | true",
        "\"IpAddress\":{\"acs:SourceIp\":\"*\"} | acs:SourceIp=127.0.0.1 | true",
        "\"IpAddress\":{\"acs:SourceIp\":\"10.0.0.0/8\"} | acs:SourceIp=10.255.0.1 | true",
        "\"IpAddress\":{\"acs:SourceIp\":\"10.0.0.0/8\"} | acs:SourceIp=11.0.0.1 | false",
        "\"IpAddress\":{\"acs:SourceIp\":\"10.1.2.3/31\"} | acs:SourceIp=10.1.2.2 | true",
        "\"IpAddress\":{\"acs:SourceIp\":\"0.0.0.0/0\"} | acs:SourceIp=10.1.2.2 | true",
        "\"IpAddress\":{\"acs:SourceIp\":\"2001:db8::/32\"} | acs:SourceIp=2001:db8:1::1 | true",
        "\"IpAddress\":{\"acs:SourceIp\":\"2001:db8::/32\"} | acs:SourceIp=10.1.2.2 | false",
        "\"IpAddressIncludeBorder\":{\"acs:SourceIp\":\"10.1.2.3\"} | acs:SourceIp=10.1.2.3 | true",
        "\"NotIpAddress\":{\"acs:SourceIp\":\"10.0.0.0/8\"} | acs:SourceIp=10.1.2.2 | false",
        "\"StringLike\":{\"a\":\"x*\"},\"Bool\":{\"b\":\"true\"} | a=xy | false",
      })
  void conditionHolds(String condition, String context, boolean holds)
      throws MalformedPolicyException {
    RamPolicy policy =
        RamPolicy.parse(
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
                + "\"Resource\":\"*\",\"Condition\":{"
                + condition
                + "}}]}");
    List<String> pair = List.of(context.split("=", 2));
    assertThat(
            policy.decide(
                new RamRequest(
                    "oss:GetObject", "acs:oss:r:1:b/k", Map.of(pair.get(0), pair.get(1)))))
        .isEqualTo(holds ? Decision.ALLOW : Decision.IMPLICIT_DENY);
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "acs:oss:*:*:b/*, acs:oss:cn-hangzhou:1:b/a:b:c, true",
    "acs:oss:*:*:b/*, acs:oss:cn-hangzhou:1:b, false",
    "acs:oss:*:*:b*, acs:oss:cn-hangzhou:1:b-other/k, true",
    "acs:oss:cn-hangzhou:*:b/*, acs:oss:cn-hangzhou:1:b/k, true",
    "acs:oss:oss-cn-hangzhou:*:b/*, acs:oss:cn-hangzhou:1:b/k, true",
    "acs:oss:cn-beijing:*:b/*, acs:oss:cn-hangzhou:1:b/k, false",
    "acs:oss:*:2:b/*, acs:oss:cn-hangzhou:1:b/k, false",
    "acs:oss:*:b/*, acs:oss:cn-hangzhou:1:b/k, false",
    "acs:oss:*, acs:oss:cn-hangzhou:1:b/k, false",
    "acs:oss:*:*:b/?, acs:oss:cn-hangzhou:1:b/\uD83D\uDE00, true",
    "acs:oss:*:*:b/**a, acs:oss:cn-hangzhou:1:b/aaa, true",
    "acs:oss:*:*:b/a*b*c, acs:oss:cn-hangzhou:1:b/a-b-b, false",
  })
  void resourceMatches(String pattern, String resource, boolean matches) {
    assertThat(new ResourcePattern(pattern).matches(resource)).isEqualTo(matches);
  }

  @Test
  void manyStarsTakeNoTime() {
    String pattern = "*a".repeat(500);
    assertThat(new Wildcard(pattern).matches("a".repeat(1000) + "b")).isFalse();
  }

  private static JsonObject vectors() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                PermissionsTest.class.getResourceAsStream("/vectors/ram-policies.json")),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  private static Permissions permissions(JsonObject policies, JsonObject example) {
    try {
      Permissions role =
          Permissions.ofRole(
              RamPolicy.parse(policies.get(example.get("role").getAsString()).toString()));
      return example.get("session").isJsonNull()
          ? role
          : role.within(
              RamPolicy.parse(policies.get(example.get("session").getAsString()).toString()));
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> context(JsonObject example) {
    Map<String, String> context = new LinkedHashMap<>();
    if (example.has("context")) {
      example
          .getAsJsonObject("context")
          .asMap()
          .forEach((key, value) -> context.put(key.toLowerCase(Locale.ROOT), value.getAsString()));
    }
    return context;
  }
}
