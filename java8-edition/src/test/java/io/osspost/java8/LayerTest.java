package io.osspost.java8;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the layer's methods with those of the JDK that runs the test. */
class LayerTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a ", "\t\u2003a b\u2003\n", "\u00a0a", "\ud83d\ude00 ", "a"})
  void stringMethodsAgree(String text) {
    assertThat(StringMethods.strip(text)).isEqualTo(text.strip());
    assertThat(StringMethods.isBlank(text)).isEqualTo(text.isBlank());
    assertThat(StringMethods.repeat(text, 3)).isEqualTo(text.repeat(3));
    assertThat(StringMethods.repeat(text, 0)).isEmpty();
    assertThatThrownBy(() -> StringMethods.repeat(text, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(StringBuilderMethods.isEmpty(new StringBuilder(text))).isEqualTo(text.isEmpty());
  }

  @Test
  void listsAgree() {
    assertThat(ListMethods.of()).isEqualTo(List.of());
    assertThat(ListMethods.of(1, 2, 3)).isEqualTo(List.of(1, 2, 3));
    assertThat(ListMethods.<Integer>of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
        .isEqualTo(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    List<String> changing = new ArrayList<>(List.of("a"));
    List<String> copy = ListMethods.copyOf(changing);
    changing.add("b");
    assertThat(copy).containsExactly("a");
    assertThatThrownBy(() -> copy.add("c")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ListMethods.copyOf(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void listsCopyTheirArray() {
    String[] array = {"a"};
    List<String> list = ListMethods.of(array);
    array[0] = "b";
    assertThat(list).containsExactly("a");
  }

  @Test
  void setsAgree() {
    assertThat(SetMethods.of(1, 2, 3)).isEqualTo(Set.of(1, 2, 3));
    assertThat(SetMethods.copyOf(List.of(1, 1, 2))).isEqualTo(Set.of(1, 2));
    assertThatThrownBy(() -> SetMethods.of(1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SetMethods.of(1, null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> SetMethods.of(1).add(2))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void mapsAgree() {
    assertThat(MapMethods.of("a", 1, "b", 2)).isEqualTo(Map.of("a", 1, "b", 2));
    assertThat(MapMethods.copyOf(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
    assertThatThrownBy(() -> MapMethods.of("a", 1, "a", 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MapMethods.of("a", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> MapMethods.of().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void optionalsAgree() {
    Optional<String> one = Optional.of("one");
    Optional<String> none = Optional.empty();
    assertThat(OptionalMethods.isEmpty(none)).isTrue();
    assertThat(OptionalMethods.isEmpty(one)).isFalse();
    assertThat(OptionalMethods.orElseThrow(one)).isEqualTo("one");
    assertThatThrownBy(() -> OptionalMethods.orElseThrow(none))
        .isInstanceOf(NoSuchElementException.class);
    assertThat(OptionalMethods.or(one, () -> Optional.of("other"))).isEqualTo(one);
    assertThat(OptionalMethods.or(none, () -> one)).isEqualTo(one);
    assertThatThrownBy(() -> OptionalMethods.or(none, () -> null))
        .isInstanceOf(NullPointerException.class);
    assertThat(OptionalMethods.stream(one)).containsExactly("one");
    assertThat(OptionalMethods.stream(none)).isEmpty();
  }

  @Test
  void streamsBecomeListsThatMayContainNull() {
    List<String> list = StreamMethods.toList(Stream.of("a", null));
    assertThat(list).isEqualTo(Stream.of("a", null).toList());
    assertThatThrownBy(() -> list.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void streamsAndBuffersAgree() throws IOException {
    byte[] bytes = new byte[20_000];
    Arrays.fill(bytes, (byte) 7);
    assertThat(InputStreamMethods.readAllBytes(new ByteArrayInputStream(bytes))).isEqualTo(bytes);
    for (int length : new int[] {0, 1, 8192, 8193, 20_000, 20_001}) {
      assertThat(InputStreamMethods.readNBytes(new ByteArrayInputStream(bytes), length))
          .isEqualTo(new ByteArrayInputStream(bytes).readNBytes(length));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("täglich".getBytes(UTF_8));
    assertThat(ByteArrayOutputStreamMethods.toString(out, UTF_8)).isEqualTo("täglich");
    assertThat(CharBufferMethods.flip(CharBuffer.allocate(9).put("abc")).toString())
        .isEqualTo("abc");
  }

  @Test
  void otherMethodsAgree(@TempDir Path folder) throws IOException {
    assertThat(DurationMethods.toSeconds(Duration.ofMillis(-1500)))
        .isEqualTo(Duration.ofMillis(-1500).toSeconds());
    assertThat(PathMethods.of("a", "b", "c")).isEqualTo(Path.of("a", "b", "c"));
    assertThat(ObjectsMethods.requireNonNullElse(null, "other")).isEqualTo("other");
    assertThat(ObjectsMethods.requireNonNullElse("one", "other"))
        .isEqualTo(Objects.requireNonNullElse("one", "other"));
    Path file = Files.write(folder.resolve("file"), "täglich".getBytes(UTF_8));
    assertThat(FilesMethods.readString(file)).isEqualTo("täglich");
    Path invalid = Files.write(folder.resolve("invalid"), new byte[] {'a', (byte) 0xff});
    assertThatThrownBy(() -> FilesMethods.readString(invalid))
        .isInstanceOf(MalformedInputException.class);
  }
}
