package io.osspost.emulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket is read from hosts that are known to begin with one. */
class HostBucketsTest {
  private static final KnownHosts HOSTS =
      KnownHosts.with(
          List.of("oss", "Emulator.example.test", "example.test"),
          Map.of("Files.example.test", "filebucket"));

  @ParameterizedTest
  @CsvSource({
    "examplebucket.localhost:9000, examplebucket",
    "examplebucket.localhost, examplebucket",
    "examplebucket.oss-cn-hangzhou.aliyuncs.com, examplebucket",
    "examplebucket.oss-accelerate.aliyuncs.com:80, examplebucket",
    "examplebucket.cn-hangzhou.oss.aliyuncs.com, examplebucket",
    "examplebucket.oss:9000, examplebucket",
    "examplebucket.emulator.example.test, examplebucket",
    "examplebucket.host.docker.internal:9000, examplebucket",
    "files.example.test:9000, filebucket",
    "FILES.example.test, filebucket",
  })
  void hostNamesTheBucket(String host, String bucket) {
    assertThat(HOSTS.bucketOf(host)).contains(bucket);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:9000",
        "127.0.0.1:9000",
        "[::1]:9000",
        "oss:9000",
        "oss_emulator:9000",
        "docker:32768",
        "emulator.example.test",
        "host.docker.internal:9000",
        "host.testcontainers.internal",
        "oss-cn-hangzhou.aliyuncs.com",
        "cn-hangzhou.oss.aliyuncs.com",
        "files.other.test"
      })
  void pathNamesTheBucketAtOtherHosts(String host) {
    assertThat(HOSTS.bucketOf(host)).isEmpty();
  }
}
