package io.osspost.web;

import io.osspost.GrantKind;
import io.osspost.ProfileSource;
import io.osspost.TenantProfile;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.object.ProfileId;
import io.osspost.profile.Caller;
import io.osspost.profile.RequestView;
import io.osspost.profile.UploadProfile;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A table of tenants that a test changes; the host {@code <tenant>.example.com} names one. */
final class TenantTable implements ProfileSource {
  /** One row. */
  record Row(String bucket, URI endpoint, String keyId, String secret, long maxSize) {}

  private final Map<String, Row> rows = new ConcurrentHashMap<>();
  private final Map<String, Long> revisions = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();

  void put(String tenant, Row row) {
    rows.put(tenant, row);
    revisions.merge(tenant, 1L, Long::sum);
  }

  void remove(String tenant) {
    rows.remove(tenant);
  }

  @Override
  public Optional<TenantProfile> find(String name, Caller caller, RequestView request) {
    asked.add(name);
    return request
        .host()
        .map(host -> host.replace(".example.com", ""))
        .flatMap(tenant -> profile(tenant, name));
  }

  @Override
  public Optional<TenantProfile> find(ProfileId id) {
    return profile(id.tenant(), id.id());
  }

  private Optional<TenantProfile> profile(String tenant, String name) {
    // The revision is read first: with the reverse order an old row could get a new revision.
    Long revision = revisions.get(tenant);
    Row row = rows.get(tenant);
    if (row == null || revision == null) {
      return Optional.empty();
    }
    UploadProfile limits =
        UploadProfile.builder(name)
            .bucket(OssBucket.of(row.bucket(), "cn-hangzhou").at(row.endpoint()))
            .maxSize(row.maxSize())
            .build();
    return Optional.of(
        TenantProfile.builder(new ProfileId(tenant, name), revision, limits)
            .kinds(Set.of(GrantKind.POST, GrantKind.PUT, GrantKind.MULTIPART))
            .openCredentials(() -> credentials(row))
            .build());
  }

  /** Returns credentials that fail after they are closed. */
  private OssCredentialsProvider credentials(Row row) {
    opened.incrementAndGet();
    OssCredentials key = OssCredentials.of(row.keyId(), row.secret());
    AtomicInteger closings = new AtomicInteger();
    return new OssCredentialsProvider() {
      @Override
      public OssCredentials resolve() {
        if (closings.get() > 0) {
          throw new IllegalStateException("The credentials are closed.");
        }
        return key;
      }

      @Override
      public void close() {
        if (closings.getAndIncrement() > 0) {
          throw new IllegalStateException("The credentials are closed twice.");
        }
        closed.incrementAndGet();
      }
    };
  }
}
