package io.osspost.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses that buckets of profiles may have which are found at run time. */
class EndpointRulesTest {
  private static final EndpointRules OFFICIAL = EndpointRules.official();

  @Test
  void officialAddressesAreAllowed() {
    OssBucket bucket = OssBucket.of("acme", "cn-hangzhou");
    for (OssBucket allowed : List.of(bucket, bucket.internal(), bucket.accelerate())) {
      assertThatCode(() -> OFFICIAL.require(allowed)).doesNotThrowAnyException();
    }
    assertThatCode(
            () -> OFFICIAL.require(bucket.at(URI.create("https://oss-cn-hangzhou.aliyuncs.com"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://acme.oss-cn-hangzhou.aliyuncs.com",
        "https://acme.oss-cn-hangzhou.aliyuncs.com:8443",
        "https://acme.oss-cn-hangzhou.aliyuncs.com.evil.example",
        "https://acme.oss-cn-hangzhou.aliyuncs.com.",
        "https://acme.oss-cn-hangzhou.aliyuncs.com/path",
        "https://acme.oss-cn-hangzhou.aliyuncs.com?x=1",
        "https://acme.oss-cn-hangzhou.aliyuncs.com#x",
        "https://acme.oss-cn-hangzhou.aliyuncs.com@evil.example",
        "https://user:password@acme.oss-cn-hangzhou.aliyuncs.com",
        "https://other.oss-cn-hangzhou.aliyuncs.com",
        "https://acme.oss-cn-shanghai.aliyuncs.com",
        "https://acme.oss-cn-hangzhou.evil-aliyuncs.com",
        "https://acme.oss-cn-hangzhou-aliyuncs.com",
        "https://acme.oss-cn-hangzhou.aliyuncs.co",
        "https://x.acme.oss-cn-hangzhou.aliyuncs.com",
        "https://acme-oss-cn-hangzhou.aliyuncs.com",
        "https://123.cn-hangzhou.fc.aliyuncs.com",
        "https://127.0.0.1",
        "https://127.1",
        "https://2130706433",
        "https://0x7f000001",
        "https://[::1]",
        "https://[::ffff:169.254.169.254]",
        "https://169.254.169.254",
        "https://100.100.100.200",
        "https://10.0.0.8",
        "https://192.168.1.1",
        "https://localhost",
        "https://metadata",
        "https://files.example.com",
        "ftp://acme.oss-cn-hangzhou.aliyuncs.com",
        "file:///etc/passwd",
        "https:acme.oss-cn-hangzhou.aliyuncs.com",
        "//acme.oss-cn-hangzhou.aliyuncs.com",
        "acme.oss-cn-hangzhou.aliyuncs.com"
      })
  void otherAddressesAreRefused(String url) {
    OssBucket bucket = new OssBucket("acme", "cn-hangzhou", URI.create(url));
    assertThatThrownBy(() -> OFFICIAL.require(bucket))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenants.endpoints")
        .hasMessageNotContaining("password");
    EndpointRules more = OFFICIAL.allowing(List.of("https://oss.example.com"));
    assertThatThrownBy(() -> more.require(bucket)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void entryAllowsExactlySchemeHostAndPort() {
    EndpointRules rules =
        OFFICIAL.allowing(List.of("http://127.0.0.1:9000", "https://files.example.com"));
    OssBucket bucket = OssBucket.of("acme", "cn-hangzhou");
    for (String allowed : List.of("http://127.0.0.1:9000", "https://FILES.example.com")) {
      assertThatCode(() -> rules.require(bucket.at(URI.create(allowed))))
          .as(allowed)
          .doesNotThrowAnyException();
    }
    for (String refused :
        List.of(
            "http://127.0.0.1:9001",
            "https://127.0.0.1:9000",
            "http://127.0.0.2:9000",
            "http://localhost:9000",
            "https://x.files.example.com",
            "http://files.example.com")) {
      assertThatThrownBy(() -> rules.require(bucket.at(URI.create(refused))))
          .as(refused)
          .isInstanceOf(IllegalArgumentException.class);
    }
    OssBucket otherPath =
        new OssBucket("acme", "cn-hangzhou", URI.create("http://127.0.0.1:9000/other/"));
    assertThatThrownBy(() -> rules.require(otherPath)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "https://*.example.com", "files.example.com", "https://a/b", ""})
  void malformedEntriesAreRefused(String entry) {
    assertThatThrownBy(() -> OFFICIAL.allowing(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not an endpoint");
  }

  @Test
  void passwordInAnEntryIsNotPrinted() {
    assertThatThrownBy(() -> OFFICIAL.allowing(List.of("https://user:secret@oss.example.com")))
        .hasMessageContaining("'https://***@oss.example.com' is not an endpoint")
        .hasStackTraceContaining("Caused by")
        .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret"));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void regionCannotChangeTheHost() {
    for (String region :
        List.of("cn-hangzhou.evil.example/", "x@evil-a.example", "a-b#", "a-b:1")) {
      assertThatThrownBy(() -> OssBucket.of("acme", region))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(OssBucket.of("acme", "cn-evil").url()).hasHost("acme.oss-cn-evil.aliyuncs.com");
  }
}
