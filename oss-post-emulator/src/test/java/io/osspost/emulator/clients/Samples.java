package io.osspost.emulator.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/** Uploads that several clients share, and their expected results. */
final class Samples {
  /** The ETag of a part with 102400 times "A" and a part "hello", computed by another program. */
  static final String MULTIPART_TAG = "4FBAEA75E65D03CF9F50DB1A58335B4E-2";

  static final String MULTIPART_CRC64 = "12546349198684753071";

  private Samples() {}

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A stream of unknown length. */
  static InputStream trickle(byte[] content) {
    return new FilterInputStream(new ByteArrayInputStream(content)) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return super.read(bytes, offset, Math.min(length, 1000));
      }

      @Override
      public int available() {
        return 0;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  /** Sends "hello" to a presigned URL, and returns the status. */
  static int put(URL url, String type) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setRequestMethod("PUT");
    connection.setRequestProperty("Content-Type", type);
    connection.setDoOutput(true);
    connection.getOutputStream().write("hello".getBytes(UTF_8));
    return connection.getResponseCode();
  }
}
