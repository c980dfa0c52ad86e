package io.osspost.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackParameterTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final URI URL = URI.create("https://app.example.com/oss_upload_callback");
  private static final String UPLOADS =
      "\"bucket\":${bucket},\"object\":${object},\"size\":${size},\"mimeType\":${mimeType},"
          + "\"etag\":${etag},\"crc64\":${crc64},\"reqId\":${reqId}";

  @Test
  void reportUploadsAddsTheReceiversMembersAndTheTicketLast() throws Exception {
    CallbackParameter parameter = CallbackParameter.builder(URL).reportUploads().build();
    assertThat(members(parameter.value("AZ-_9")))
        .isEqualTo(
            Map.of(
                "callbackUrl",
                "https://app.example.com/oss_upload_callback",
                "callbackBody",
                "{" + UPLOADS + ",\"ticket\":\"AZ-_9\"}",
                "callbackBodyType",
                "application/json",
                "callbackSNI",
                true));
  }

  @Test
  void partsDoNotPrintTheTicket() {
    CallbackParameter.Parts parts =
        CallbackParameter.builder(URL).reportUploads().build().parts("AZ-_9");
    assertThat(parts.body()).contains("AZ-_9");
    assertThat(parts.toString()).contains("app.example.com").doesNotContain("AZ-_9", parts.value());
  }

  @Test
  void everyDocumentedMemberIsWrittenWhenItIsNeededAndNoOther() throws Exception {
    CallbackParameter parameter =
        CallbackParameter.builder(URI.create("http://a.example:8080/cb?x=1&y=%20"))
            .orElse(URI.create("http://b.example/cb"))
            .host("c.example")
            .bodyType(CallbackBodyType.FORM)
            .member(CallbackVariable.BUCKET)
            .member("width", CallbackVariable.IMAGE_WIDTH)
            .member(CallbackVariable.custom("x:order"))
            .member("note", "a&b=${bucket} é+")
            .build();
    assertThat(members(parameter.value()))
        .isEqualTo(
            Map.of(
                "callbackUrl", "http://a.example:8080/cb?x=1&y=%20;http://b.example/cb",
                "callbackHost", "c.example",
                "callbackBody",
                    "bucket=${bucket}&width=${imageInfo.width}&x%3Aorder=${x:order}"
                        + "&note=a%26b%3D%24%7Bbucket%7D%20%C3%A9%2B",
                "callbackBodyType", "application/x-www-form-urlencoded"));
    assertThat(members(parameter.value("t1")).get("callbackBody").toString())
        .endsWith("&ticket=t1");
  }

  @Test
  void aLiteralThatLooksLikeAVariableStaysALiteral() throws Exception {
    String literal = "${x:evil}\",\"size\":1,\"\\ \n$";
    CallbackParameter parameter =
        CallbackParameter.builder(URL).member("note", literal).member("b", "2").build();
    String body = members(parameter.value()).get("callbackBody").toString();
    assertThat(body).doesNotContain("$");
    assertThat(JACKSON.readTree(body))
        .hasToString(JACKSON.createObjectNode().put("note", literal).put("b", "2").toString());
  }

  @Test
  void theTemplateIsJsonOnceOssHasPutValuesIn() throws Exception {
    CallbackParameter parameter =
        CallbackParameter.builder(URL)
            .reportUploads()
            .member(CallbackVariable.custom("x:a"))
            .build();
    String body = members(parameter.value("t")).get("callbackBody").toString();
    JsonNode filled = JACKSON.readTree(body.replaceAll("\\$\\{[A-Za-z0-9.:]+}", "\"v\""));
    assertThat(filled.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "bucket", "object", "size", "mimeType", "etag", "crc64", "reqId", "x:a", "ticket");
  }

  @Test
  void theValueIsOneLineOfBase64() {
    assertThat(CallbackParameter.builder(URL).reportUploads().build().value("t".repeat(2048)))
        .matches("[A-Za-z0-9+/]+=*")
        .hasSizeLessThanOrEqualTo(5 * 1024);
  }

  @Test
  void ticketIsTheLastMemberAfterAnyOther() throws Exception {
    for (int length = 0; length < 6; length++) {
      CallbackParameter parameter =
          CallbackParameter.builder(URL)
              .reportUploads()
              .member("TICKET", "TICKET".repeat(length) + "x".repeat(length))
              .build();
      String body = members(parameter.value("abc-_".repeat(40))).get("callbackBody").toString();
      assertThat(body)
          .endsWith(
              "\"TICKET\":\""
                  + "TICKET".repeat(length)
                  + "x".repeat(length)
                  + "\",\"ticket\":\""
                  + "abc-_".repeat(40)
                  + "\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example.com/callback",
        "ftp://app.example.com/callback",
        "HTTPS://app.example.com/callback",
        "https:///callback",
        "https://user@app.example.com/callback",
        "https://app.example.com/callback#top",
        "https://app.example.com:99999/callback",
        "https://[::1]/callback",
        "https://app.example.com/a;b",
        "https://app.example.com/中",
        "https://app_under.example.com/callback",
        "mailto:a@example.com",
      })
  void aUrlOssCannotCallIsRefused(String url) {
    URI refused = URI.create(url);
    assertThatThrownBy(() -> CallbackParameter.builder(refused))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(url);
    assertThatThrownBy(() -> CallbackParameter.builder(URL).orElse(refused))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsInvalidArguments() {
    CallbackParameter.Builder five = CallbackParameter.builder(URL);
    for (int i = 0; i < 4; i++) {
      five.orElse(URL);
    }
    assertRefused(() -> five.orElse(URL), "at most 5 URLs");
    assertRefused(() -> CallbackParameter.builder(URL).build(), "body is empty");
    assertRefused(() -> CallbackParameter.builder(URL).host("a/b"), "not a host");
    assertRefused(() -> CallbackParameter.builder(URL).host(""), "not a host");
    assertRefused(
        () -> CallbackParameter.builder(URL).member("ticket", "x"), "Choose another name");
    assertRefused(() -> CallbackParameter.builder(URL).member("a\"b", "x"), "not a member's name");
    assertRefused(
        () -> CallbackParameter.builder(URL).reportUploads().member(CallbackVariable.SIZE),
        "two members");
    assertRefused(
        () -> CallbackParameter.builder(URL).member("a", "x".repeat(4000)).build(),
        "OSS accepts at most 5120");
    assertRefused(
        () -> CallbackParameter.builder(URL).reportUploads().member("a", "x".repeat(1500)).build(),
        "OSS accepts at most 5120");
    CallbackParameter parameter = CallbackParameter.builder(URL).reportUploads().build();
    for (String ticket : List.of("", "a\"b", "a b", "a=", "${x:a}", "é", "a".repeat(2049))) {
      assertRefused(() -> parameter.value(ticket), "not a ticket");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"order", "x:", "x:Order", "X:order", "x:a}", "x:a b", "x:ä"})
  void aNameThatIsNoCustomVariableIsRefused(String name) {
    assertRefused(() -> CallbackVariable.custom(name), "not a custom variable");
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, Object> members(String value) throws Exception {
    Map<String, Object> members = new TreeMap<>();
    JACKSON
        .readTree(Base64.getDecoder().decode(value))
        .properties()
        .forEach(
            member ->
                members.put(
                    member.getKey(),
                    member.getValue().isBoolean()
                        ? member.getValue().booleanValue()
                        : member.getValue().textValue()));
    return members;
  }
}
