package io.osspost.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form shows the id to every visitor, so it must not be the secret. */
class KeyCheckTest {
  private static final String ID = "LTAI5tExampleKeyAbc12345";
  private static final String OTHER_ID = "LTAI5tAnotherKeyXyz98765";
  private static final String SECRET = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0";
  private static final String OTHER_SECRET = "Zy9Xw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0FeDcBaZyXwVuTs";

  @Test
  void swappedPairIsRefusedWithoutPrintingEither() {
    for (String[] pair : new String[][] {{SECRET, ID}, {SECRET, "x"}, {"any", ID}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OssCredentials.of(pair[0], pair[1]))
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .doesNotContain(SECRET, ID)
                      .matches(".*(swapped|secret).*"));
    }
  }

  @Test
  void swappedPairOfTheEnvironmentIsRefused() {
    assertThatExceptionOfType(CredentialsUnavailableException.class)
        .isThrownBy(
            () ->
                EnvironmentCredentials.read(
                    Map.of("OSS_ACCESS_KEY_ID", SECRET, "OSS_ACCESS_KEY_SECRET", ID)))
        .withMessageContaining("OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET are not usable")
        .withMessageContaining("swapped")
        .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<your-access-key-id>",
        "your_access_key_id",
        "YourAccessKeyId",
        "yourAccessKeySecret",
        "${OSS_ACCESS_KEY_ID}",
        "{{ id }}",
        "xxx",
        "LTAIxxxxxxxx",
        "LTAI****************",
        "LTAI...",
        "changeme",
        "TODO", // what someone left in place of a key
        "\"LTAI5tExampleKeyAbc12345\"",
        "'LTAI5tExampleKeyAbc12345'",
        "LTAI5t Example",
        "LTAI5t\nExample",
        "\u4f60\u7684\u5bc6\u94a5",
        "\ufeffLTAI5tExampleKeyAbc12345",
        "LTAI5t****************abcd",
        "LTAI5txxxxxxxxxxxxxxxxxx",
        "%ACCESS_KEY_ID%",
        "@aliyun.ak@",
        "[access-key-id]",
        "(id)",
        "ENC(c2VjcmV0)",
        "your_ak",
        "accessKeyId",
        "OSS_ACCESS_KEY_SECRET",
        "my-access-key-id",
        "null",
        "undefined",
        "insert-key-here"
      })
  void placeholdersAndQuotesAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssCredentials.of(text, SECRET))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(text));
    assertThatIllegalArgumentException().isThrownBy(() -> OssCredentials.of(ID, text));
  }

  @Test
  void temporaryIdNeedsItsToken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssCredentials.of("STS.NUxyz", SECRET))
        .withMessageContaining("security token");
    assertThat(OssCredentials.temporary("STS.NUxyz", SECRET, "CAIStoken").accessKeyId())
        .isEqualTo("STS.NUxyz");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssCredentials.of(ID, "CAIS" + "x".repeat(400)))
        .withMessageContaining("looks like a security token");
  }

  /** A form also shows the security token. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        OTHER_SECRET,
        ID,
        "STS.NUxyz0123456789abcdefgh",
        "<your-security-token>",
        "yourSecurityToken",
        "${OSS_SESSION_TOKEN}",
        "CAIS****",
        "\"CAIStoken\"",
        "CAIS\ntoken",
        "null"
      })
  void tokenThatIsNoneIsRefused(String token) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssCredentials.temporary("STS.NUxyz", SECRET, token))
        .withMessageContaining("security token")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        ID + ":" + SECRET,
        ID + ";" + SECRET,
        ID + "=" + SECRET,
        ID + SECRET,
        "AccessKeyId=" + ID,
        "private-cloud." + SECRET
      })
  void idThatHoldsMoreThanTheIdIsRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OssCredentials.of(id, SECRET))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void oneTextForBothIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> OssCredentials.of("ab12", "ab12"));
    assertThatIllegalArgumentException().isThrownBy(() -> OssCredentials.of(ID, ID));
    assertThatIllegalArgumentException().isThrownBy(() -> OssCredentials.of(ID, OTHER_ID));
  }

  /** Tokens are long random texts, so short patterns appear in some of them. */
  @Test
  void longTokenMayContainAnyWord() {
    String token = "CAIS" + "aZ09+/".repeat(80) + "yourAKidxxxxxxnull==";
    assertThat(OssCredentials.temporary("STS.NUxyz", SECRET, token).securityToken())
        .contains(token);
  }

  @ParameterizedTest
  @CsvSource({
    "LTAI5tExampleKeyAbc12345,aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0",
    "LTAIabcdefgh1234,aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0",
    "EmulatorAccessKeyId,secret",
    "44CF9590006BF252F707,OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV",
    "7Wd3kzaMQ2ssR1bH,private-cloud_secret=",
    "ak,sk",
    "minio@example.com,miniosecret",
    "a.b_c-d,Some/Secret+With=Base64",
    "0123456789abcdef0123456789abcdef,secret"
  })
  void realPairsAreAccepted(String id, String secret) {
    assertThat(OssCredentials.of(id, secret).accessKeyId()).isEqualTo(id);
  }
}
