package io.osspost.emulator.internal.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssError;

/** The rules for the name of an object. */
public final class ObjectName {
  private static final int LONGEST = 1023;

  private ObjectName() {}

  /** Rejects a key that OSS would not store. */
  public static void check(String key) {
    int length = key.getBytes(UTF_8).length;
    if (key.isEmpty()) {
      throw OssError.of(400, "InvalidObjectName", "The Object name can not be empty.")
          .ec("0016-00000001")
          .because("the object's key is empty");
    }
    if (length > LONGEST) {
      throw OssError.of(
              400, "InvalidObjectName", "The Length of Object name must be less than 1024.")
          .ec("0016-00000003")
          .because("the key has " + length + " bytes of UTF-8; OSS accepts " + LONGEST);
    }
    if (key.startsWith("/") || key.startsWith("\\")) {
      throw OssError.of(400, "InvalidObjectName", "The specified object is not valid.")
          .ec("0016-00000005")
          .because("the key '" + key + "' starts with a slash or backslash");
    }
  }
}
