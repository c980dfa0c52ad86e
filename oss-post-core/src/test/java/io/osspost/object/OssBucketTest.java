package io.osspost.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OssBucketTest {
  private final OssBucket bucket = OssBucket.of("examplebucket", "cn-hangzhou");

  @Test
  void theUsualAddressesFollowTheNameAndRegion() {
    assertThat(bucket.url()).hasToString("https://examplebucket.oss-cn-hangzhou.aliyuncs.com");
    assertThat(bucket.internal().url())
        .hasToString("https://examplebucket.oss-cn-hangzhou-internal.aliyuncs.com");
    assertThat(bucket.accelerate().url())
        .hasToString("https://examplebucket.oss-accelerate.aliyuncs.com");
  }

  @ParameterizedTest
  @CsvSource({
    "cn-hangzhou-finance, oss-cn-hzfinance",
    "cn-shanghai-finance-1, oss-cn-shanghai-finance-1-pub",
    "cn-shenzhen-finance-1, oss-cn-szfinance",
    "cn-beijing-finance-1, oss-cn-beijing-finance-1-pub",
    "cn-north-2-gov-1, oss-cn-north-2-gov-1",
    "ap-southeast-99, oss-ap-southeast-99"
  })
  void servicesOfTheFinanceCloudHaveOtherNames(String region, String service) {
    OssBucket there = OssBucket.of("examplebucket", region);
    assertThat(there.url()).hasToString("https://examplebucket." + service + ".aliyuncs.com");
    assertThat(there.internal().url())
        .hasToString("https://examplebucket." + service + "-internal.aliyuncs.com");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9000, http://127.0.0.1:9000/examplebucket/",
    "http://localhost:9000/, http://localhost:9000/examplebucket/",
    "http://[::1]:9000, http://[::1]:9000/examplebucket/",
    "http://docker:32768, http://docker:32768/examplebucket/",
    "http://HOST.docker.internal:9000, http://HOST.docker.internal:9000/examplebucket/",
    "https://files.example.com, https://files.example.com",
    "https://oss-cn-hangzhou.aliyuncs.com, https://examplebucket.oss-cn-hangzhou.aliyuncs.com",
    "https://examplebucket.oss-cn-hangzhou.aliyuncs.com,"
        + " https://examplebucket.oss-cn-hangzhou.aliyuncs.com"
  })
  void anEndpointIsReadAsItsKindAsks(URI endpoint, String url) {
    assertThat(bucket.at(endpoint).url()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "files.example.com",
        "ftp://x.example",
        "https://u@x.example",
        "https://x.example/a"
      })
  void whatIsNoEndpointIsRefused(URI endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bucket.at(endpoint))
        .withMessageContaining("'https://files.example.com'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "Example", "-abc", "abc-", "a_b_c", "a*b"})
  void whatIsNoBucketNameIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> OssBucket.of(name, "cn-hangzhou"));
  }

  @Test
  void passwordInAnEndpointIsNotPrinted() {
    URI endpoint = URI.create("https://user:secret@files.example.com");
    assertThatThrownBy(() -> OssBucket.of("examplebucket", "cn-hangzhou").at(endpoint))
        .hasMessageContaining("'https://***@files.example.com' is not an endpoint");
  }

  @Test
  void aRegionWithTheEndpointsPrefixIsRefusedWithTheFix() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssBucket.of("examplebucket", "oss-cn-hangzhou"))
        .withMessageContaining("Write 'cn-hangzhou'");
  }

  @Test
  void keysFollowTheRulesOfOss() {
    assertThat(new ObjectKey("中".repeat(341)).value()).hasSize(341);
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("中".repeat(342)));
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("/a"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("\\a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectKey("photo-\uD83D.png"))
        .withMessageContaining("unpaired surrogate");
  }
}
