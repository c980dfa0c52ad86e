package io.osspost.emulator.clients;

import java.util.List;
import java.util.stream.Collectors;

/** The emulator's settings for a script, as JSON. */
record Settings(
    String endpoint,
    String loopback,
    boolean sldEnable,
    String bucket,
    String region,
    String keyId,
    String secret,
    String token,
    boolean v4) {

  String json(List<String> rows) {
    return "{"
        + member("endpoint", endpoint)
        + member("loopback", loopback)
        + member("bucket", bucket)
        + member("region", region)
        + member("keyId", keyId)
        + member("secret", secret)
        + member("token", token)
        + "\"sldEnable\":"
        + sldEnable
        + ",\"v4\":"
        + v4
        + ",\"rows\":"
        + rows.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"))
        + "}";
  }

  /** None of the values contains a character that JSON would escape. */
  private static String member(String name, String value) {
    return "\"" + name + "\":\"" + value + "\",";
  }
}
