package io.osspost.emulator.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.http.CorsPolicy;
import io.osspost.emulator.internal.http.CorsRules;
import io.osspost.emulator.internal.http.OssAnswer;
import io.osspost.emulator.internal.http.OssError;
import io.osspost.emulator.internal.http.OssRequest;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.XmlBody;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The CORS rules of buckets: PutBucketCors, GetBucketCors and DeleteBucketCors, and the rules every
 * answer keeps to. Thread-safe.
 *
 * <p>Source: OSS documentation "PutBucketCors".
 */
public final class BucketCors implements CorsPolicy {
  private static final int MOST_BYTES = 16 << 10;

  private final ObjectStore store;
  private final ObjectAccess access;

  public BucketCors(ObjectStore store, ObjectAccess access) {
    this.store = store;
    this.access = access;
  }

  @Override
  public CorsRules of(String bucket) {
    Optional<String> document =
        store.hasBucket(bucket) ? store.properties(bucket).cors() : Optional.empty();
    return document.map(xml -> CorsDocument.read(xml.getBytes(UTF_8))).orElse(CorsRules.NONE);
  }

  public OssAnswer put(OssRequest request) throws IOException {
    access.settings(request);
    CorsRules rules = CorsDocument.read(XmlBody.bytes(request, MOST_BYTES, CorsDocument.MALFORMED));
    store.change(
        request.bucket(),
        properties -> properties.withCors(Optional.of(CorsDocument.write(rules))));
    return OssAnswer.empty(200);
  }

  public OssAnswer get(OssRequest request) {
    access.settings(request);
    Optional<String> document = store.properties(request.bucket()).cors();
    if (document.isEmpty()) {
      throw OssError.of(404, "NoSuchCORSConfiguration", "The CORS Configuration does not exist.")
          .ec("0034-00000001")
          .because("the bucket has no CORS rules");
    }
    return OssAnswer.xml(200, document.get());
  }

  public OssAnswer delete(OssRequest request) throws IOException {
    access.settings(request);
    store.change(request.bucket(), properties -> properties.withCors(Optional.empty()));
    return OssAnswer.empty(204);
  }
}
