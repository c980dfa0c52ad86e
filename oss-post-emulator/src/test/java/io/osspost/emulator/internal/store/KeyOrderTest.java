package io.osspost.emulator.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

  @Test
  void keysAreOrderedAsTheirUtf8Bytes() {
    String[] letters = {"a", "b", "/", "\u00e9", "字", "\ue000", "\uffff", "😀", "\ud835\udd38"};
    Random random = new Random(20261122);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder key = new StringBuilder();
      for (int j = random.nextInt(4); j >= 0; j--) {
        key.append(letters[random.nextInt(letters.length)]);
      }
      keys.add(key.toString());
    }
    List<String> byBytes = new ArrayList<>(keys);
    byBytes.sort((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
    keys.sort(KeyOrder.UTF_8);
    assertThat(keys).isEqualTo(byBytes);
  }
}
