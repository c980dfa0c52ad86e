package io.osspost.web;

import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Endpoints that are replaced while requests are in progress. */
class ReplacedEndpointsTest {
  private final List<String> closed = new CopyOnWriteArrayList<>();

  @Test
  void laterRequestsGoToTheNewEndpoints() {
    UploadEndpoints endpoints = endpoints("first", request -> Caller.named("alice"));
    endpoints.replaceWith(endpoints("second", request -> Caller.named("alice")));
    assertThat(bucket(endpoints)).contains("second");
    assertThat(endpoints.grants().offers().get(0).bucket().name()).isEqualTo("second");
    assertThat(closed).containsExactly("first");
    endpoints.replaceWith(endpoints("third", request -> Caller.named("alice")));
    assertThat(bucket(endpoints)).contains("third");
    assertThat(closed).containsExactly("first", "second");
    endpoints.close();
    endpoints.close();
    assertThat(closed).containsExactly("first", "second", "third");
  }

  @Test
  void oldEndpointsAreClosedAfterTheirLastRequest() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    UploadEndpoints endpoints =
        endpoints(
            "first",
            request -> {
              inside.countDown();
              await(go);
              assertThat(closed).isEmpty();
              return Caller.named("alice");
            });
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      Future<String> slow = threads.submit(() -> bucket(endpoints));
      inside.await();
      endpoints.replaceWith(endpoints("second", request -> Caller.named("alice")));
      assertThat(bucket(endpoints)).contains("second");
      assertThat(closed).isEmpty();
      go.countDown();
      assertThat(slow.get()).contains("first");
      assertThat(closed).containsExactly("first");
    } finally {
      threads.shutdownNow();
      endpoints.close();
    }
  }

  @Test
  void noRequestIsAnsweredByClosedEndpoints() throws Exception {
    UploadEndpoints endpoints = checked("b0");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch replaced = new CountDownLatch(1);
    List<Future<Integer>> answered = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        answered.add(
            threads.submit(
                () -> {
                  int requests = 0;
                  while (replaced.getCount() > 0) {
                    assertThat(bucket(endpoints)).isNotEmpty();
                    requests++;
                  }
                  return requests;
                }));
      }
      for (int i = 1; i <= 50; i++) {
        endpoints.replaceWith(checked("b" + i));
      }
      replaced.countDown();
      for (Future<Integer> requests : answered) {
        requests.get();
      }
      assertThat(closed).hasSize(50);
    } finally {
      replaced.countDown();
      threads.shutdownNow();
      endpoints.close();
    }
  }

  @Test
  void unusableReplacementsAreRefused() {
    UploadEndpoints endpoints = endpoints("first", CallerAuthorizer.authenticated());
    UploadEndpoints elsewhere = UploadEndpoints.builder(grants("other")).pathPrefix("/api").build();
    assertThatThrownBy(() -> endpoints.replaceWith(elsewhere)).hasMessageContaining("path prefix");
    assertThatThrownBy(() -> endpoints.replaceWith(endpoints)).hasMessageContaining("in use");
    UploadEndpoints second = endpoints("second", CallerAuthorizer.authenticated());
    second.close();
    assertThatThrownBy(() -> endpoints.replaceWith(second)).hasMessageContaining("closed");
    endpoints.close();
    UploadEndpoints third = endpoints("third", CallerAuthorizer.authenticated());
    assertThatThrownBy(() -> endpoints.replaceWith(third))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  /** The first endpoints would otherwise look for their replacement forever. */
  @Test
  void replacementCannotBeReplacedByItself() {
    UploadEndpoints endpoints = endpoints("first", request -> Caller.named("alice"));
    UploadEndpoints second = endpoints("second", request -> Caller.named("alice"));
    endpoints.replaceWith(second);
    UploadEndpoints third = endpoints("third", request -> Caller.named("alice"));
    assertThatThrownBy(() -> second.replaceWith(third))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("replaced others");
    assertThat(closed).containsExactly("first");
    assertThat(bucket(endpoints)).contains("second");

    UploadEndpoints other = endpoints("other", request -> Caller.named("alice"));
    assertThatThrownBy(() -> other.replaceWith(second)).hasMessageContaining("in use");
    endpoints.replaceWith(third);
    assertThat(bucket(endpoints)).contains("third");
  }

  /** Returns endpoints whose requests fail after they are closed. */
  private UploadEndpoints checked(String bucket) {
    return endpoints(
        bucket,
        request -> {
          assertThat(closed).doesNotContain(bucket);
          return Caller.named("alice");
        });
  }

  private UploadEndpoints endpoints(String bucket, CallerAuthorizer authorizer) {
    return UploadEndpoints.builder(grants(bucket))
        .authorizer(authorizer)
        .closeAlso(() -> closed.add(bucket))
        .build();
  }

  private static UploadGrants grants(String bucket) {
    String name = bucket.length() < 3 ? bucket + "-files" : bucket;
    return UploadGrants.builder(OssBucket.of(name, "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
        .build();
  }

  private static String bucket(UploadEndpoints endpoints) {
    return json(new FakeRequest("GET", "/get_post_signature_for_oss_upload").answeredBy(endpoints))
        .get("url")
        .asText();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
