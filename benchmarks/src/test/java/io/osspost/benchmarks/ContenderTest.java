package io.osspost.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that all contenders do the same work completely, so that the comparison is fair. */
class ContenderTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-03-15T08:15:30Z"), ZoneOffset.UTC);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final List<Task.Keys> KEYS = List.of(Task.Keys.temporary(), Task.Keys.permanent());

  @ParameterizedTest
  @EnumSource(names = {"TUTORIAL", "TUTORIAL_REVIEWED", "CAREFUL_JACKSON", "ALIYUN_SDK_V4"})
  void aPrefixGrantOfAnyOfThemSaysWhatOursSays(Contender contender) throws IOException {
    JsonNode ours = answer(Contender.OSS_POST, Task.Keys.temporary());
    JsonNode theirs = answer(contender, Task.Keys.temporary());

    assertThat(conditions(theirs)).isEqualTo(conditions(ours));
    assertThat(policy(theirs).get("expiration")).isEqualTo(policy(ours).get("expiration"));
    assertThat(members(theirs)).isEqualTo(members(ours));
    for (String member : members(ours)) {
      if (!Set.of("policy", "signature").contains(member)) {
        assertThat(theirs.get(member).asText()).isEqualTo(ours.get(member).asText());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "OSS_POST",
        "OSS_POST_EXACT_V4",
        "OSS_POST_OUT_OF_THE_BOX",
        "TUTORIAL",
        "TUTORIAL_REVIEWED",
        "CAREFUL_JACKSON",
        "ALIYUN_SDK_V4"
      })
  void everyV4SignatureIsValidForItsPolicy(Contender contender) throws IOException {
    for (Task.Keys keys : KEYS) {
      JsonNode answer = answer(contender, keys);
      boolean form = answer.has("fields");
      JsonNode place = form ? answer.get("fields") : answer;
      assertThat(place.get(form ? "x-oss-signature" : "signature").asText())
          .isEqualTo(v4(keys, place.get("policy").asText()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TUTORIAL", "TUTORIAL_REVIEWED", "CAREFUL_JACKSON"})
  void whoWritesThePolicyAsWeDoSignsItTheSame(Contender contender) throws IOException {
    JsonNode ours = answer(Contender.OSS_POST, Task.Keys.temporary());
    JsonNode theirs = answer(contender, Task.Keys.temporary());
    if (theirs.get("policy").equals(ours.get("policy"))) {
      assertThat(theirs.get("signature")).isEqualTo(ours.get("signature"));
    } else {
      // HashMap determines the order of the two top members of the tutorial's policy.
      assertThat(contender).isIn(Contender.TUTORIAL, Contender.TUTORIAL_REVIEWED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "OSS_POST_EXACT_FORM")
  void theFormAnswerCarriesAllThePageNeeds(Contender contender) throws IOException {
    for (Task.Keys keys : KEYS) {
      JsonNode answer = answer(contender, keys);
      JsonNode fields = answer.get("fields");
      assertThat(members(answer))
          .contains("method", "url", "fields", "headers", "key", "expiresAt", "limits");
      assertThat(members(fields))
          .contains("key", "policy", "x-oss-signature", "x-oss-credential", "x-oss-date");
      assertThat(fields.has("x-oss-security-token")).isEqualTo(keys.areTemporary());
      assertThat(fields.get("x-oss-signature").asText())
          .isEqualTo(v4(keys, fields.get("policy").asText()));
      assertThat(fields.get("key").asText()).startsWith(Task.directory("user-1000"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ALIYUN_SDK_V1")
  void theV1SignatureIsValidForItsPolicy(Contender contender) throws IOException {
    for (Task.Keys keys : KEYS) {
      JsonNode answer = answer(contender, keys);
      byte[] mac =
          SigningKeys.hmac(
              "HmacSHA1",
              keys.secret().getBytes(UTF_8),
              answer.get("policy").asText().getBytes(UTF_8));
      assertThat(answer.get("signature").asText())
          .isEqualTo(Base64.getEncoder().encodeToString(mac));
      assertThat(members(answer))
          .contains("ossAccessKeyId", "policy", "signature", "dir", "host", "expire");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MINIO")
  void theS3SignatureIsValidForItsPolicy(Contender contender) throws IOException {
    for (Task.Keys keys : KEYS) {
      JsonNode answer = answer(contender, keys);
      String day = answer.get("x-amz-date").asText().substring(0, 8);
      byte[] key = ("AWS4" + keys.secret()).getBytes(UTF_8);
      for (String step : List.of(day, Task.REGION, "s3", "aws4_request")) {
        key = SigningKeys.hmac("HmacSHA256", key, step.getBytes(UTF_8));
      }
      byte[] mac =
          SigningKeys.hmac("HmacSHA256", key, answer.get("policy").asText().getBytes(UTF_8));
      assertThat(answer.get("x-amz-signature").asText()).isEqualTo(HexFormat.of().formatHex(mac));
      assertThat(answer.has("x-amz-security-token")).isEqualTo(keys.areTemporary());
      assertThat(policy(answer).toString()).contains(Task.directory("user-1000"));
    }
  }

  @Test
  void bareUrlEqualsTheUrlOfTheFullGrant() {
    for (Task.Keys keys : KEYS) {
      Task task = new Task(keys, CLOCK);
      assertThat(Contender.OSS_POST_PUT.open(task).grant("user-1000"))
          .isEqualTo(Contender.OSS_POST_URL.open(task).grant("user-1000"));
    }
  }

  @Test
  void vendorsLibrarySignsTheSameV4Url() {
    for (Task.Keys keys : KEYS) {
      Task task = new Task(keys, Clock.systemUTC());
      SentUrl theirs = SentUrl.of(Contender.ALIYUN_SDK_URL_V4, task);
      Task then = new Task(keys, at(LocalDateTime.parse(theirs.query().get("x-oss-date"), DATE)));
      assertThat(SentUrl.of(Contender.OSS_POST_URL, then)).isEqualTo(theirs);
    }
  }

  @Test
  void vendorsNewerLibrarySignsTheSameV4Url() {
    for (Task.Keys keys : KEYS) {
      Task task = new Task(keys, CLOCK);
      assertThat(SentUrl.of(Contender.OSS_POST_URL, task))
          .isEqualTo(SentUrl.of(Contender.ALIYUN_SDK_V2_URL_V4, task));
    }
  }

  @Test
  void theVendorsV1UrlCarriesAValidSignature() {
    for (Task.Keys keys : KEYS) {
      Task task = new Task(keys, Clock.systemUTC());
      SentUrl url = SentUrl.of(Contender.ALIYUN_SDK_URL_V1, task);
      String token = keys.areTemporary() ? "?security-token=" + keys.token() : "";
      String stringToSign =
          "PUT\n\n"
              + Task.FILE_TYPE
              + "\n"
              + url.query().get("Expires")
              + "\n/"
              + Task.BUCKET
              + "/"
              + Task.key("user-1000")
              + token;
      byte[] mac =
          SigningKeys.hmac("HmacSHA1", keys.secret().getBytes(UTF_8), stringToSign.getBytes(UTF_8));
      assertThat(url.query())
          .containsEntry("Signature", Base64.getEncoder().encodeToString(mac))
          .containsEntry("OSSAccessKeyId", keys.id());
      assertThat(url.address()).isEqualTo(Task.HOST + "/" + Task.key("user-1000"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE_SIGNATURE", "FLOOR", "BARE_URL_SIGNATURE"})
  void theBoundsDoTheirWorkAnewOnEveryCall(Contender contender) {
    Task task = new Task(Task.Keys.temporary(), CLOCK);
    Granter granter = contender.open(task);
    int length =
        contender == Contender.FLOOR ? Contender.OSS_POST.open(task).grant("user-1000").length : 32;
    assertThat(granter.grant("user-1000")).hasSize(length);
    assertThat(granter.grant("user-1001")).hasSize(length);
  }

  @ParameterizedTest
  @EnumSource
  void everyOneOpensAndGrants(Contender contender) {
    for (Task.Keys keys : KEYS) {
      Granter granter = contender.open(new Task(keys, CLOCK));
      assertThat(granter.grant("user-1000")).isNotEmpty();
    }
  }

  /** Returns a URL as OSS reads it: its parameters in any order, decoded. */
  private record SentUrl(String address, SortedMap<String, String> query) {
    static SentUrl of(Contender contender, Task task) {
      String url = new String(contender.open(task).grant("user-1000"), UTF_8);
      int question = url.indexOf('?');
      SortedMap<String, String> query = new TreeMap<>();
      for (String parameter : url.substring(question + 1).split("&", -1)) {
        String[] pair = parameter.split("=", 2);
        assertThat(pair[1]).doesNotContain("+");
        assertThat(query.put(pair[0], URLDecoder.decode(pair[1], UTF_8))).isNull();
      }
      return new SentUrl(url.substring(0, question), query);
    }
  }

  private static Clock at(LocalDateTime utc) {
    return Clock.fixed(utc.toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  private static JsonNode answer(Contender contender, Task.Keys keys) throws IOException {
    return MAPPER.readTree(contender.open(new Task(keys, CLOCK)).grant("user-1000"));
  }

  private static JsonNode policy(JsonNode answer) throws IOException {
    return MAPPER.readTree(Base64.getDecoder().decode(answer.get("policy").asText()));
  }

  private static Set<String> members(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * Returns the conditions of a policy in any order. Both ways to write an equality count as equal.
   */
  private static Set<String> conditions(JsonNode answer) throws IOException {
    Set<String> conditions = new TreeSet<>();
    for (JsonNode condition : policy(answer).get("conditions")) {
      if (condition.isObject()) {
        String field = condition.fieldNames().next();
        conditions.add("eq $" + field + " " + condition.get(field).asText());
      } else {
        List<String> words = new ArrayList<>();
        condition.forEach(word -> words.add(word.isArray() ? word.toString() : word.asText()));
        conditions.add(String.join(" ", words));
      }
    }
    return conditions;
  }

  /** Returns the signature that OSS computes for the form. */
  private static String v4(Task.Keys keys, String policy) {
    byte[] key = SigningKeys.v4(keys.secret(), "20240315");
    return HexFormat.of().formatHex(SigningKeys.hmac("HmacSHA256", key, policy.getBytes(UTF_8)));
  }
}
