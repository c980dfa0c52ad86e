package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.protocol.PercentEncoding;

/**
 * The source of a copy: {@code x-oss-copy-source: /<bucket>/<percent-encoded key>}.
 *
 * @param key decoded
 */
public record CopySource(String bucket, String key) {
  public static final String HEADER = "x-oss-copy-source";

  public static CopySource of(OssRequest request) {
    String header = request.header(HEADER).orElse("");
    if (header.contains("?versionId=")) {
      throw OssError.notImplemented("copy versions").because(HEADER + " names a version");
    }
    String path = PercentEncoding.decodePath(header.startsWith("/") ? header.substring(1) : header);
    int slash = path.indexOf('/');
    if (slash <= 0 || slash == path.length() - 1) {
      throw OssError.invalidArgument(
              "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey.",
              HEADER,
              header)
          .because(HEADER + " is '" + header + "'");
    }
    return new CopySource(path.substring(0, slash), path.substring(slash + 1));
  }
}
