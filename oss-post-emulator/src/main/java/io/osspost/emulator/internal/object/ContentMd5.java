package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import java.util.Base64;
import java.util.Optional;

/** The header {@code Content-MD5}: the expected hash of the body. */
public final class ContentMd5 {
  private ContentMd5() {}

  /** Returns the client's digest in Base64; rejects a value that is not a digest. */
  public static Optional<String> announced(OssRequest request) {
    Optional<String> md5 = request.header("Content-MD5");
    if (md5.isPresent() && !isDigest(md5.get())) {
      throw invalidDigest()
          .ec("0017-00000502")
          .because("Content-MD5 '" + md5.get() + "' is not the Base64 of 16 bytes");
    }
    return md5;
  }

  /** Rejects a body with another hash. */
  public static void check(String announced, String computed) {
    if (!announced.equals(computed)) {
      throw invalidDigest()
          .ec("0017-00000503")
          .because(
              "Content-MD5 is not the MD5 of the body; for a form it covers the whole body, not"
                  + " only the file");
    }
  }

  private static boolean isDigest(String text) {
    try {
      return Base64.getDecoder().decode(text).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static OssError invalidDigest() {
    return OssError.of(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
  }
}
