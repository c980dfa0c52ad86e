package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.spi.CredentialsType;
import java.lang.reflect.RecordComponent;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

/** A native image keeps classes and resources that are reached by name only with hints. */
class OssPostRuntimeHintsTest {
  private final RuntimeHints hints = new RuntimeHints();

  OssPostRuntimeHintsTest() {
    new OssPostRuntimeHints().registerHints(hints, getClass().getClassLoader());
  }

  @Test
  void everyPropertyCanBeRead() {
    keepsComponents(OssPostProperties.class);
    for (Class<?> nested : OssPostProperties.class.getDeclaredClasses()) {
      keepsComponents(nested);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/resources/oss-post/oss-post.js",
        "META-INF/resources/oss-post/oss-post.d.ts",
        "META-INF/services/io.osspost.spi.CredentialsType",
        "META-INF/services/io.osspost.spi.TokenVendorType",
        "io/osspost/callback/callback_pub_key_v1.pem"
      })
  void resourcesThatAreReadAreThereAndKept(String resource) {
    assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();
    assertThat(RuntimeHintsPredicates.resource().forResource(resource)).accepts(hints);
  }

  @Test
  void everyServiceCanBeMade() {
    assertThat(ServiceLoader.load(CredentialsType.class))
        .isNotEmpty()
        .allSatisfy(
            type ->
                assertThat(
                        RuntimeHintsPredicates.reflection()
                            .onConstructor(type.getClass().getConstructor())
                            .invoke())
                    .accepts(hints));
  }

  private void keepsComponents(Class<?> properties) {
    assertThat(properties.isRecord()).isTrue();
    for (RecordComponent component : properties.getRecordComponents()) {
      assertThat(RuntimeHintsPredicates.reflection().onMethod(component.getAccessor()).invoke())
          .as(component.toString())
          .accepts(hints);
    }
  }
}
