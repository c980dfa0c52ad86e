package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.servlet.ServletContainer.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random requests to real containers. Each gets an answer, none of which is a server error or shows
 * internals of the server.
 */
@ParameterizedClass
@MethodSource("kinds")
class FuzzIT {
  private static final Set<Kind> KINDS =
      EnumSet.of(
          Kind.TOMCAT_9,
          Kind.TOMCAT_11,
          Kind.JETTY_EE11,
          Kind.UNDERTOW,
          Kind.TOMCAT_8_ON_JAVA_8,
          Kind.JETTY_9_ON_JAVA_8);

  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "POST", "POST", "OPTIONS", "HEAD", "PUT", "get", "G\u0000T", "");

  private static final List<String> PATHS =
      List.of(
          "/shop/get_post_signature_for_oss_upload",
          "/shop/get_post_signature_for_oss_upload",
          "/shop/get_presigned_url_for_oss_upload",
          "/shop/get_sts_token_for_oss_upload",
          "/shop/oss_upload_callback",
          "/shop/members/get_post_signature_for_oss_upload",
          "/served/api/get_presigned_url_for_oss_upload",
          "/shop/%2e%2e/get_post_signature_for_oss_upload",
          "/shop/get_post_signature_for_oss_upload;%00=%ff",
          "*",
          "");

  private static final List<String> NAMES =
      List.of("format", "filename", "size", "type", "profile", "retry", "%66ormat", "", "x");

  private static final List<String> VALUES =
      List.of(
          "form",
          "v1",
          "legacy",
          "a.png",
          "..%2f..%2fetc%2fpasswd",
          "%E7%85%A7.png",
          "%ff%fe",
          "%00",
          "50%.png",
          "%",
          "-1",
          "9223372036854775808",
          "1e9",
          "image/png",
          "text/html",
          "image/*",
          "default",
          "small",
          "edited",
          "x.y.z",
          "",
          "+",
          "%0d%0aX-Evil: 1");

  private static final List<String> HEADERS =
      List.of(
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type: application/x-www-form-urlencoded; charset=nonsense",
          "Content-Type: application/x-www-form-urlencoded; charset=UTF-16",
          "Content-Type: multipart/form-data",
          "Content-Type: ;;;",
          "Origin: https://pages.example.com",
          "Origin: null",
          "Origin: http://[",
          "Sec-Fetch-Site: same-origin",
          "Sec-Fetch-Site: odd",
          "Authorization: eA==",
          "Authorization: Basic !!!",
          "x-oss-pub-key-url: eA==",
          "Access-Control-Request-Headers: a\u0001b",
          "Cookie: JSESSIONID=../../x; =;;",
          "Expect: 100-continue",
          "Transfer-Encoding: chunked",
          "Content-Length: 3",
          "Content-Length: -1",
          "Accept-Encoding: gzip");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameter Kind kind;

  static Stream<Kind> kinds() {
    return Kind.tested().filter(KINDS::contains);
  }

  @Test
  void oddRequestsAreAnsweredInOrder() throws Exception {
    fuzz(17, 120);
  }

  @Test
  @Tag("full")
  void manyMoreOddRequestsAreAnsweredInOrder() throws Exception {
    fuzz(4711, 2_500);
  }

  private void fuzz(long seed, int requests) throws Exception {
    Random random = new Random(seed);
    Wire wire = Deployed.in(kind).wire();
    int answered = 0;
    int ours = 0;
    int unreadCookies = 0;
    int toldBefore = unreadCookiesToldOf();
    for (int i = 0; i < requests; i++) {
      byte[] request = request(random);
      byte[] received = answerTo(request, wire);
      String about = "seed " + seed + ", request " + i + ":\n" + new String(request, ISO_8859_1);
      if (new String(received, ISO_8859_1).startsWith("HTTP/1.")) {
        Wire.Answer answer = Wire.Answer.read(new ByteArrayInputStream(received));
        answered++;
        if (isUnreadCookie(answer)) {
          unreadCookies++;
          continue;
        }
        check(answer, about + "\n" + answer);
        ours += answer.header("Referrer-Policy").isPresent() ? 1 : 0;
      }
    }
    assertThat(answered).as("answers").isGreaterThan(requests * 9 / 10);
    assertThat(ours).as("answers of the endpoints").isGreaterThan(requests / 3);
    assertThat(unreadCookiesToldOf() - toldBefore).isEqualTo(unreadCookies);
  }

  /** Java 8 resets a connection that it closes before it has read everything. */
  private byte[] answerTo(byte[] request, Wire wire) throws IOException {
    try {
      return wire.exchangeAndHangUp(request);
    } catch (SocketException e) {
      assertThat(kind.java()).as(e.toString()).isEqualTo("8");
      return new byte[0];
    }
  }

  /** Undertow fails at cookies that it cannot read, before it calls any filter. */
  private boolean isUnreadCookie(Wire.Answer answer) {
    return kind == Kind.UNDERTOW
        && answer.status() == 500
        && answer.header("Referrer-Policy").isEmpty();
  }

  private int unreadCookiesToldOf() {
    return Deployed.in(kind).container().log().split("UT000173: ", -1).length;
  }

  /** A container may itself reject the version or method of a request. */
  private static void check(Wire.Answer answer, String about) throws IOException {
    boolean isOurs = answer.header("Referrer-Policy").isPresent();
    if (isOurs || !Set.of(501, 505).contains(answer.status())) {
      assertThat(answer.status()).as(about).isBetween(200, 499);
    }
    assertThat(answer.headers()).as(about).noneMatch(header -> header.startsWith("X-Evil"));
    assertThat(answer.body()).as(about).doesNotContain("io.osspost");
    if (isOurs && answer.status() >= 400 && answer.bytes().length > 0) {
      assertThat(answer.header("Content-Type")).as(about).contains("application/problem+json");
      assertThat(JSON.readTree(answer.bytes()).path("code").asText()).as(about).isNotBlank();
    }
  }

  private static byte[] request(Random random) {
    String parameters = parameters(random);
    boolean inBody = random.nextBoolean();
    StringBuilder request = new StringBuilder();
    request.append(one(METHODS, random)).append(' ').append(one(PATHS, random));
    request.append(inBody ? "" : "?" + parameters).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    request.append("Connection: close\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(one(HEADERS, random)).append("\r\n");
    }
    if (inBody && random.nextInt(8) > 0) {
      request.append("Content-Type: application/x-www-form-urlencoded\r\n");
      request.append("Content-Length: ").append(parameters.length()).append("\r\n");
    }
    byte[] bytes = (request + "\r\n" + (inBody ? parameters : "")).getBytes(UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String parameters(Random random) {
    StringBuilder parameters = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String value = one(VALUES, random).repeat(random.nextInt(50) == 0 ? 500 : 1);
      parameters.append(one(NAMES, random)).append('=').append(value).append('&');
    }
    return parameters.toString();
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
