package io.osspost.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadAnswerTest {
  @Test
  void mapsTextsAndNumbersBecomeJson() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", 17L);
    members.put("price", new BigDecimal("1.50"));
    members.put("open", true);
    members.put("owner", null);
    members.put("tags", List.of("a", Map.of("b", 2.5)));
    assertThat(UploadAnswer.of(members).json())
        .contains(
            "{\"id\":17,\"price\":1.50,\"open\":true,\"owner\":null,\"tags\":[\"a\",{\"b\":2.5}]}");
    assertThat(UploadAnswer.of("17").json()).contains("\"17\"");
    assertThat(UploadAnswer.none().json()).isEmpty();
  }

  @Test
  void textsAreEscaped() {
    assertThat(UploadAnswer.of("\"\\\n\u0000合\ud800").json())
        .contains("\"\\\"\\\\\\u000a\\u0000合\\ud800\"");
    assertThat(UploadAnswer.of(Collections.singletonMap("\"", 1)).json()).contains("{\"\\\"\":1}");
  }

  @Test
  void lengthIsLimitedInBytes() {
    assertThat(UploadAnswer.of("x".repeat(4094)).json()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadAnswer.of("x".repeat(4095)))
        .withMessageContaining("4097 bytes")
        .withMessageContaining("Answer with an id");
    assertThatIllegalArgumentException().isThrownBy(() -> UploadAnswer.of("合".repeat(1365)));
  }

  @Test
  void otherValuesAreRefused() {
    for (Object value : Arrays.asList(Double.NaN, Float.POSITIVE_INFINITY, new Object(), 'c')) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> UploadAnswer.of(Collections.singletonMap("a", value)))
          .withMessageContaining("Use texts, finite numbers");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadAnswer.of(Map.of("a", Map.of(1, 2))))
        .withMessageContaining("key '1' is not a text");
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadAnswer.of(Map.of("a", endless)))
        .withMessageContaining("levels");
  }
}
