package io.osspost.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.emulator.OssEmulator;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import io.osspost.testsupport.FormPost;
import io.osspost.web.TenantTable.Row;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** 100 tenants, of which 20 are changed while 32 threads request grants. */
class TenantChangesTest {
  private static final int TENANTS = 100;
  private static final int CHANGED = 20;
  private static final int THREADS = 32;
  private static final int CACHED = 60;

  /** The least number of grants of each thread. */
  private static final int LEAST = 20;

  private final TenantTable table = new TenantTable();

  /** The objects of all forms that were granted, by bucket. */
  private final Map<String, Set<String>> stored = new ConcurrentHashMap<>();

  @Test
  void everyFormIsForBucketKeyAndLimitOfItsTenant() throws Exception {
    OssEmulator.Builder builder = OssEmulator.builder().inMemory();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      builder.bucket(bucket(tenant, 1)).accessKey(key(tenant, 1), secret(tenant, 1));
    }
    for (int tenant = 0; tenant < CHANGED; tenant++) {
      builder.bucket(bucket(tenant, 2)).accessKey(key(tenant, 2), secret(tenant, 2));
    }
    try (OssEmulator oss = builder.start()) {
      for (int tenant = 0; tenant < TENANTS; tenant++) {
        table.put("t" + tenant, row(oss, tenant, 1));
      }
      try (UploadEndpoints endpoints = open(oss)) {
        run(oss, endpoints);
        assertThat(endpoints.grants().cachedProfiles()).isLessThanOrEqualTo(CACHED);
        assertThat(table.opened.get() - table.closed.get())
            .as("open credentials")
            .isEqualTo(endpoints.grants().cachedProfiles());
        for (int tenant = 0; tenant < TENANTS; tenant++) {
          requireOf(grant(endpoints, tenant), tenant, tenant < CHANGED ? 2 : 1);
        }
        for (Map.Entry<String, Set<String>> bucket : stored.entrySet()) {
          assertThat(oss.keys(bucket.getKey()))
              .as(bucket.getKey())
              .containsExactlyInAnyOrderElementsOf(bucket.getValue());
        }
      }
      assertThat(table.closed)
          .as("credentials closed with the endpoints")
          .hasValue(table.opened.get());
    }
  }

  private void run(OssEmulator oss, UploadEndpoints endpoints) throws Exception {
    Map<Integer, Boolean> changed = new ConcurrentHashMap<>();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Integer>> results = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS; i++) {
        int first = i;
        results.add(
            threads.submit(
                () -> {
                  begun.countDown();
                  int grants = 0;
                  for (int tenant = first;
                      !done.get() || grants < LEAST;
                      tenant = (tenant + 7) % TENANTS) {
                    boolean isNew = changed.containsKey(tenant);
                    JsonNode form = grant(endpoints, tenant);
                    // A change during the request may or may not be seen; one before it must be.
                    requireOf(form, tenant, isNew || !isOfVersion(form, tenant, 1) ? 2 : 1);
                    assertThat(endpoints.grants().cachedProfiles()).isLessThanOrEqualTo(CACHED);
                    grants++;
                  }
                  return grants;
                }));
      }
      begun.await();
      for (int tenant = 0; tenant < CHANGED; tenant++) {
        table.put("t" + tenant, row(oss, tenant, 2));
        changed.put(tenant, true);
        Thread.sleep(20);
      }
      done.set(true);
      int total = 0;
      for (Future<Integer> result : results) {
        total += result.get();
      }
      assertThat(total).as("grants").isGreaterThanOrEqualTo(THREADS * LEAST);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  private static boolean isOfVersion(JsonNode form, int tenant, int version) {
    return form.get("url").asText().contains("/" + bucket(tenant, version));
  }

  /**
   * The form is for the bucket, the key and the largest file of that version. The emulator verifies
   * the signature with the secret of that key, and refuses one byte more.
   */
  private void requireOf(JsonNode form, int tenant, int version) throws Exception {
    String bucket = bucket(tenant, version);
    int maxSize = maxSize(tenant, version);
    assertThat(form.get("url").asText()).contains("/" + bucket + "/");
    assertThat(form.at("/fields/x-oss-credential").asText()).startsWith(key(tenant, version) + "/");
    assertThat(form.at("/limits/maxSize").asLong()).isEqualTo(maxSize);
    assertThat(post(form, maxSize + 1)).isEqualTo(400);
    assertThat(post(form, maxSize)).isEqualTo(200);
    stored
        .computeIfAbsent(bucket, name -> ConcurrentHashMap.newKeySet())
        .add(form.get("key").asText());
  }

  private static Row row(OssEmulator oss, int tenant, int version) {
    return new Row(
        bucket(tenant, version),
        oss.endpoint(),
        key(tenant, version),
        secret(tenant, version),
        maxSize(tenant, version));
  }

  private static String bucket(int tenant, int version) {
    return "files-" + tenant + "-v" + version;
  }

  private static String key(int tenant, int version) {
    return "LTAI" + tenant + "v" + version;
  }

  private static String secret(int tenant, int version) {
    return "secret-" + tenant + "-" + version;
  }

  private static int maxSize(int tenant, int version) {
    return 1_000 * version + tenant;
  }

  private UploadEndpoints open(OssEmulator oss) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bucket", "main-files");
    settings.put("region", "cn-hangzhou");
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "LTAImain");
    settings.put("credentials.access-key-secret", "secret");
    settings.put("tenants.endpoints", oss.endpoint().toString());
    settings.put("tenants.cached-profiles", String.valueOf(CACHED));
    return UploadSettings.read(settings).open(Collaborators.builder().profileSource(table).build());
  }

  private static JsonNode grant(UploadEndpoints endpoints, int tenant) {
    return EndpointFixture.json(
        new FakeRequest("GET", "/get_post_signature_for_oss_upload")
            .principal("alice")
            .header("Host", "t" + tenant + ".example.com")
            .parameter("profile", "images")
            .parameter("filename", "a.png")
            .answeredBy(endpoints));
  }

  private static int post(JsonNode form, int size) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    form.get("fields").properties().forEach(f -> fields.put(f.getKey(), f.getValue().asText()));
    return FormPost.send(
            URI.create(form.get("url").asText()), fields, "a.png", "image/png", new byte[size])
        .statusCode();
  }
}
