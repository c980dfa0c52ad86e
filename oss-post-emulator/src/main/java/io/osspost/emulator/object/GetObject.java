package io.osspost.emulator.object;

import io.osspost.emulator.http.Operation;
import io.osspost.emulator.http.OssAnswer;
import io.osspost.emulator.http.OssError;
import io.osspost.emulator.http.OssRequest;
import io.osspost.emulator.store.ObjectAcl;
import io.osspost.emulator.store.ObjectEntry;
import io.osspost.emulator.store.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * GetObject and HeadObject for strangers. Thread-safe.
 *
 * <p>Source: OSS documentation "GetObject" and "HeadObject".
 */
public final class GetObject implements Operation {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final List<String> OVERRIDES =
      List.of(
          "response-content-type",
          "response-content-language",
          "response-expires",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding");

  private final ObjectStore store;
  private final ObjectAcl bucketAcl;

  public GetObject(ObjectStore store, ObjectAcl bucketAcl) {
    this.store = store;
    this.bucketAcl = bucketAcl;
  }

  @Override
  public OssAnswer perform(OssRequest request) {
    if (!store.hasBucket(request.bucket())) {
      throw OssError.noSuchBucket(request.bucket())
          .because("no bucket '" + request.bucket() + "' in this emulator");
    }
    Optional<ObjectEntry> entry = store.find(request.bucket(), request.key());
    ObjectAcl acl = entry.map(found -> found.headers().acl()).orElse(ObjectAcl.DEFAULT);
    if (!acl.admitsReaders(bucketAcl)) {
      throw OssError.of(
              403, "AccessDenied", "You have no right to access this object because of bucket acl.")
          .ec("0003-00000001")
          .because(
              "the request is not signed, and neither object ACL ("
                  + acl.wireName()
                  + ") nor bucket ACL ("
                  + bucketAcl.wireName()
                  + ") lets strangers read");
    }
    for (String override : OVERRIDES) {
      if (request.hasQuery(override)) {
        throw OssError.of(
                400,
                "InvalidRequest",
                "Request specific response headers cannot be used for anonymous GET requests.")
            .because("the request is not signed and has the parameter " + override);
      }
    }
    if (entry.isEmpty()) {
      throw OssError.of(404, "NoSuchKey", "The specified key does not exist.")
          .member("Key", request.key())
          .because("no object '" + request.key() + "' in " + request.bucket());
    }
    return answer(request, entry.get());
  }

  private static OssAnswer answer(OssRequest request, ObjectEntry entry) {
    Optional<ByteRange> asked =
        request.header("Range").flatMap(header -> ByteRange.parse(header, entry.size()));
    ByteRange range = asked.orElse(new ByteRange(0, entry.size() - 1));
    OssAnswer answer =
        OssAnswer.streaming(
                asked.isPresent() ? 206 : 200, range.length(), out -> copy(entry, range, out))
            .with("Content-Type", entry.headers().contentType())
            .with("ETag", entry.etag())
            .with("Content-MD5", entry.contentMd5())
            .with("Last-Modified", HTTP_DATE.format(entry.lastModified()))
            .with("Accept-Ranges", "bytes")
            .with("x-oss-object-type", "Normal")
            .with("x-oss-hash-crc64ecma", entry.crc64Text())
            .with(entry.headers().stored());
    return asked.isPresent()
        ? answer.with("Content-Range", range.contentRange(entry.size()))
        : answer;
  }

  private static void copy(ObjectEntry entry, ByteRange range, OutputStream out)
      throws IOException {
    try (InputStream in = entry.open()) {
      in.skipNBytes(range.first());
      byte[] buffer = new byte[64 * 1024];
      for (long left = range.length(); left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new EOFException("The content of '" + entry.key() + "' is shorter than its entry");
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
  }
}
