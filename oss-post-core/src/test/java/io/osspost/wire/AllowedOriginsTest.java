package io.osspost.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://*.example.com, https://shop.example.com",
    "https://*.example.com, HTTPS://Shop.Example.com",
    "https://*.example.com:8443, https://a.example.com:8443",
    "https://www.example.com/, https://www.example.com",
    "https://www.example.com:443, https://www.example.com",
    "http://*.localhost:3000, http://app.localhost:3000"
  })
  void allows(String listed, String origin) {
    assertThat(AllowedOrigins.of(List.of(listed)).contains(origin)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.example.com, https://example.com",
    "https://*.example.com, https://a.b.example.com",
    "https://*.example.com, http://a.example.com",
    "https://*.example.com, https://a.example.com:8443",
    "https://*.example.com, https://aexample.com",
    "https://*.example.com, https://evil.com/.example.com",
    "https://*.example.com, https://a_b.example.com",
    "https://*.example.com, https://*.example.com",
    "https://*.example.com, https://.example.com",
    "https://*.example.com, null"
  })
  void refusesOtherPages(String listed, String origin) {
    assertThat(AllowedOrigins.of(List.of(listed)).contains(origin)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://*",
        "https://*.com",
        "https://*.com.cn",
        "https://*.github.io",
        "https://*.aliyuncs.com",
        "http://*.example.com",
        "https://a.*.example.com",
        "https://*a.example.com",
        "https://user@www.example.com",
        "https://www.example.com/page",
        "ftp://www.example.com",
        "www.example.com",
        ""
      })
  void rejectsOthers(String listed) {
    assertThatIllegalArgumentException().isThrownBy(() -> AllowedOrigins.of(List.of(listed)));
  }
}
