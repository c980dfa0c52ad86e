package io.osspost.emulator.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {
  private static final String POLICY =
      "eyJleHBpcmF0aW9uIjoiMjAyNC0wMy0xNVQwOToxNTozMC4wMDBaIiwiY29uZGl0aW9ucyI6W3siYnVja2V0IjoiZXhhbXBsZWJ1Y2tldCJ9LHsieC1vc3Mtc2lnbmF0dXJlLXZlcnNpb24iOiJPU1M0LUhNQUMtU0hBMjU2In0seyJ4LW9zcy1jcmVkZW50aWFsIjoiTFRBSWV4YW1wbGUvMjAyNDAzMTUvY24taGFuZ3pob3Uvb3NzL2FsaXl1bl92NF9yZXF1ZXN0In0seyJ4LW9zcy1kYXRlIjoiMjAyNDAzMTVUMDgxNTMwWiJ9LFsiY29udGVudC1sZW5ndGgtcmFuZ2UiLDEsMTA0ODU3Nl0sWyJlcSIsIiRzdWNjZXNzX2FjdGlvbl9zdGF0dXMiLCIyMDAiXSxbInN0YXJ0cy13aXRoIiwiJGtleSIsInVzZXItZGlyLyJdXX0=";
  private static final CredentialScope SCOPE = new CredentialScope("20240315", "cn-hangzhou");

  @Test
  void v4SigningKeyIsTheSecretNarrowedToDayRegionAndService() {
    assertThat(HexFormat.of().formatHex(Signatures.signingKey("examplesecret", SCOPE)))
        .isEqualTo("e75683e7a50c2703c9e94a4ab6db2a119f74596e77e30161a812aa2631810a3c");
  }

  @Test
  void v4SignatureCoversTheBase64TextOfThePolicy() {
    assertThat(Signatures.v4("examplesecret", SCOPE, POLICY))
        .isEqualTo("4bd33734f4a31f1c18000eade80e5c17c8ae83e02ed2d6e248b6def2f643f076");
  }

  @Test
  void v1SignatureCoversTheBase64TextOfThePolicy() {
    assertThat(Signatures.v1("examplesecret", POLICY)).isEqualTo("4ybRpWs+ihAv4VMH+bQJool7to8=");
  }

  @Test
  void v1SignatureMatchesTheVendorsTest() {
    assertThat(
            Signatures.v1(
                "B".repeat(30),
                "eyJleHBpcmF0aW9uIjoiMjAyMC0wMy0xOVQwMzo0NDowNi40NzZaIiwiY29uZGl0aW9ucyI6W3siYnVja2V0IjoiZ2VuLXBvc3QtcG9saWN5In0sWyJlcSIsIiRrZXkiLCJ1c2VyXC9lcmljXC9cXCR7ZmlsZW5hbWV9Il0sWyJzdGFydHMtd2l0aCIsIiRrZXkiLCJ1c2VyXC9lcmljIl0sWyJzdGFydHMtd2l0aCIsIiR4LW9zcy1tZXRhLXRhZyIsImR1bW15X2V0YWciXSxbImNvbnRlbnQtbGVuZ3RoLXJhbmdlIiwxLDEwMjRdXX0="))
        .isEqualTo("9fs2TRS2W2k5hV8mLsvqZBnlC2M=");
  }

  @Test
  void keysNeverPrintSecretOrToken() {
    AccessKey key = AccessKey.temporary("id", "canary-secret", "canary-token", Instant.EPOCH);
    assertThat(key.toString() + key.token() + new AccessKeys(List.of(key)))
        .contains("id")
        .doesNotContain("canary");
  }
}
