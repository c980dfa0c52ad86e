package io.osspost.emulator.internal.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.http.HttpAnswer;
import io.osspost.emulator.internal.object.ObjectAccess;
import io.osspost.emulator.internal.object.XmlBody;
import io.osspost.emulator.internal.protocol.CorsPolicy;
import io.osspost.emulator.internal.protocol.CorsRules;
import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRequest;
import io.osspost.emulator.internal.store.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The CORS rules of buckets: PutBucketCors, GetBucketCors and DeleteBucketCors, and the rules that
 * apply to responses. Thread-safe.
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

  public HttpAnswer put(OssRequest request) throws IOException {
    access.requireBucketOwner(request);
    CorsRules rules = CorsDocument.read(XmlBody.bytes(request, MOST_BYTES, CorsDocument.MALFORMED));
    store.change(
        request.bucket(),
        properties -> properties.withCors(Optional.of(CorsDocument.write(rules))));
    return HttpAnswer.empty(200);
  }

  public HttpAnswer get(OssRequest request) {
    access.requireBucketOwner(request);
    Optional<String> document = store.properties(request.bucket()).cors();
    if (document.isEmpty()) {
      throw OssError.of(404, "NoSuchCORSConfiguration", "The CORS Configuration does not exist.")
          .ec("0034-00000001")
          .because("the bucket has no CORS rules");
    }
    return HttpAnswer.xml(200, document.get());
  }

  public HttpAnswer delete(OssRequest request) throws IOException {
    access.requireBucketOwner(request);
    store.change(request.bucket(), properties -> properties.withCors(Optional.empty()));
    return HttpAnswer.empty(204);
  }
}
