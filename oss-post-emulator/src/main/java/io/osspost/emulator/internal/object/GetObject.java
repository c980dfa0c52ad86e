package io.osspost.emulator.internal.object;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.protocol.Operation;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectEntry;
import io.osspost.emulator.internal.store.ObjectType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * GetObject and HeadObject. Thread-safe.
 *
 * <p>Source: OSS documentation "GetObject" and "HeadObject".
 */
public final class GetObject implements Operation {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String OVERRIDE = "response-";
  private static final List<String> OVERRIDABLE =
      List.of(
          "Content-Type",
          "Content-Language",
          "Expires",
          "Cache-Control",
          "Content-Disposition",
          "Content-Encoding");

  private final ObjectAccess access;

  public GetObject(ObjectAccess access) {
    this.access = access;
  }

  @Override
  public HttpAnswer perform(OssRequest request) {
    ObjectAccess.Found found = access.requireReadable(request);
    Map<String, String> overrides = overrides(request);
    if (!overrides.isEmpty() && found.signer().isEmpty()) {
      throw OssError.of(
              400,
              "InvalidRequest",
              "Request specific response headers cannot be used for anonymous GET requests.")
          .because("the request is not signed and overrides " + overrides.keySet());
    }
    ObjectEntry entry = found.entry();
    if (Preconditions.isNotModified(request, entry)) {
      return HttpAnswer.empty(304).with(identity(entry));
    }
    return content(request, entry).with(overrides);
  }

  /** The headers that identify one state of an object. */
  static Map<String, String> identity(ObjectEntry entry) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", entry.etag());
    headers.put("Last-Modified", HTTP_DATE.format(entry.lastModified()));
    return headers;
  }

  private static HttpAnswer content(OssRequest request, ObjectEntry entry) {
    Optional<ByteRange> requested = range(request, entry.size());
    ByteRange range = requested.orElse(new ByteRange(0, entry.size() - 1));
    HttpAnswer answer =
        HttpAnswer.streaming(
                requested.isPresent() ? 206 : 200, range.length(), out -> copy(entry, range, out))
            .with("Content-Type", entry.headers().contentType())
            .with(identity(entry))
            .with("Accept-Ranges", "bytes")
            .with("x-oss-object-type", entry.type().wireName())
            .with("x-oss-hash-crc64ecma", entry.crc64Text())
            .with(entry.headers().read());
    if (entry.contentMd5().isPresent()) {
      answer = answer.with("Content-MD5", entry.contentMd5().get());
    }
    if (entry.type() == ObjectType.APPENDABLE) {
      answer = answer.with("x-oss-next-append-position", Long.toString(entry.size()));
    }
    return requested.isPresent()
        ? answer.with("Content-Range", range.contentRange(entry.size()))
        : answer;
  }

  private static Optional<ByteRange> range(OssRequest request, long size) {
    boolean standard =
        request.header("x-oss-range-behavior").filter("standard"::equals).isPresent();
    Optional<String> header = request.header("Range");
    return standard
        ? header.flatMap(text -> ByteRange.parseStandard(text, size))
        : header.flatMap(text -> ByteRange.parse(text, size));
  }

  private static Map<String, String> overrides(OssRequest request) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String header : OVERRIDABLE) {
      request
          .query(OVERRIDE + header.toLowerCase(Locale.ROOT))
          .ifPresent(value -> overrides.put(header, value));
    }
    overrides.forEach(HeaderValues::check);
    return overrides;
  }

  /** Writes a range of an object's content. */
  public static void copy(ObjectEntry entry, ByteRange range, OutputStream out) throws IOException {
    try (InputStream in = entry.open(range.first())) {
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
