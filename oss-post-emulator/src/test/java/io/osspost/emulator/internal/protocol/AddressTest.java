package io.osspost.emulator.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    // Columns: host, path, bucket, key.
    "examplebucket.localhost:9000, /, examplebucket, ''",
    "examplebucket.localhost, /a/b.png, examplebucket, a/b.png",
    "examplebucket.oss-cn-hangzhou.aliyuncs.com, /a, examplebucket, a",
    "localhost:9000, /examplebucket/a/b.png, examplebucket, a/b.png",
    "127.0.0.1:9000, /examplebucket/, examplebucket, ''",
    "127.0.0.1, /examplebucket, examplebucket, ''",
    "[::1]:9000, /examplebucket/a, examplebucket, a",
    "emulator:9000, /examplebucket/a, examplebucket, a",
    "localhost, /, '', ''",
    "localhost, /b/a%2Fb%20c+d%E5%AD%97, b, a/b c+d字",
    "b.localhost, /a//../b/, b, a//../b/",
  })
  void hostNamesTheBucketUnlessItHasNoRoomForOne(
      String host, String path, String bucket, String key) {
    Address address = Address.of(host, path);
    assertThat(address.bucket()).isEqualTo(bucket);
    assertThat(address.key()).isEqualTo(key);
  }

  @Test
  void requestWithoutHostIsPathStyle() {
    assertThat(Address.of("", "/b/a")).isEqualTo(new Address("b", "a", true));
  }
}
