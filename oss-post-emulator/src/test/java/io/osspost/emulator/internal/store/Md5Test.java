package io.osspost.emulator.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Md5Test {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1 << 20, (1 << 20) + 1, (1 << 20) + (128 << 10), 5_000_000})
  void isWhatOneThreadAloneComputes(int size) throws IOException, NoSuchAlgorithmException {
    byte[] bytes = new byte[size];
    Random random = new Random(size);
    random.nextBytes(bytes);
    Md5 md5 = new Md5();
    byte[] reused = new byte[200_000];
    for (int at = 0; at < size; ) {
      int n = Math.min(1 + random.nextInt(200_000), size - at);
      System.arraycopy(bytes, at, reused, 0, n);
      md5.update(reused, 0, n);
      at += n;
    }
    assertThat(md5.digest()).isEqualTo(MessageDigest.getInstance("MD5").digest(bytes));
    assertThat(md5.digest()).isEqualTo(MessageDigest.getInstance("MD5").digest(bytes));
  }
}
