package io.osspost.emulator.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.testing.RawHttp.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Sends more bytes than fit into memory: the same mebibyte repeatedly. */
public final class LargeUpload {
  private static final int PIECE = 1 << 20;
  private static final String BUCKET = "examplebucket";

  private final URI endpoint;
  private final String keyId;
  private final String secret;
  private final byte[] piece = new byte[PIECE];

  public LargeUpload(URI endpoint, String keyId, String secret) {
    this.endpoint = endpoint;
    this.keyId = keyId;
    this.secret = secret;
    new Random(7).nextBytes(piece);
  }

  /** Posts a form whose file has so many mebibytes. */
  public Answer post(String key, int mebibytes) throws IOException {
    TestForm form = TestForm.signableNow().with("key", key);
    form.keyId = keyId;
    form.secret = secret;
    form.conditions.removeIf(
        condition -> condition.contains("content-length-range") || condition.contains("$key"));
    form.sign();
    byte[] fields = form.fieldParts();
    byte[] head = form.fileHead();
    byte[] end = ("\r\n--" + TestForm.BOUNDARY + "--\r\n").getBytes(US_ASCII);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "multipart/form-data; boundary=" + TestForm.BOUNDARY);
    long length = fields.length + head.length + (long) PIECE * mebibytes + end.length;
    headers.put("Content-Length", Long.toString(length));
    return send("POST", "/" + BUCKET + "/", headers, join(fields, head), mebibytes, end);
  }

  public Answer put(String key, int mebibytes) throws IOException {
    return put(new SignedRequest("PUT", key), mebibytes);
  }

  /** Uploads parts of so many mebibytes each, and completes them. */
  public Answer multipart(String key, int parts, int mebibytes) throws IOException {
    String id =
        sign(new SignedRequest("POST", key).query("uploads", "")).send(endpoint).member("UploadId");
    StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
    for (int number = 1; number <= parts; number++) {
      SignedRequest part = new SignedRequest("PUT", key);
      part.query("partNumber", Integer.toString(number)).query("uploadId", id);
      String tag = put(part, mebibytes).header("etag");
      document.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
      document.append(tag).append("</ETag></Part>");
    }
    SignedRequest complete = new SignedRequest("POST", key).query("uploadId", id);
    complete.body = document.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
    return sign(complete).send(endpoint);
  }

  public Answer head(String key) throws IOException {
    return sign(new SignedRequest("HEAD", key)).send(endpoint);
  }

  public void delete(String key) throws IOException {
    sign(new SignedRequest("DELETE", key)).send(endpoint);
  }

  /** Returns the MD5 of so many mebibytes, in upper-case hexadecimal digits. */
  public String md5(int mebibytes) throws NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (int i = 0; i < mebibytes; i++) {
      md5.update(piece);
    }
    return HexFormat.of().withUpperCase().formatHex(md5.digest());
  }

  private Answer put(SignedRequest request, int mebibytes) throws IOException {
    request.headers.put("host", endpoint.getAuthority());
    request.headers.put("content-length", Long.toString((long) PIECE * mebibytes));
    sign(request);
    return send("PUT", request.path(), request.headers, new byte[0], mebibytes, new byte[0]);
  }

  private SignedRequest sign(SignedRequest request) {
    request.keyId = keyId;
    request.secret = secret;
    request.signedAt = Instant.now();
    return request.v4Header();
  }

  private Answer send(
      String method,
      String path,
      Map<String, String> headers,
      byte[] before,
      int mebibytes,
      byte[] after)
      throws IOException {
    headers.put("host", endpoint.getAuthority());
    try (Socket socket = RawHttp.connect(endpoint.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(RawHttp.head(method, path, headers));
      out.write(before);
      for (int i = 0; i < mebibytes; i++) {
        out.write(piece);
      }
      out.write(after);
      return RawHttp.read(socket.getInputStream(), false);
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
