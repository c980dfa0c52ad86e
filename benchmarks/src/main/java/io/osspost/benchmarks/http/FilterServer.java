package io.osspost.benchmarks.http;

import io.osspost.GrantKind;
import io.osspost.PostFormat;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.UploadProfile;
import io.osspost.servlet.OssPostFilter;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One container with two applications, in its own process: one has the filter, the other a servlet
 * that repeats one of the filter's answers. Prints its port, and ends when its input ends.
 */
final class FilterServer {
  /** The path and query of the requests to both. */
  static final String ROUTE = "/get_post_signature_for_oss_upload";

  static final String FILTER = "/filter";
  static final String BARE = "/bare";
  static final String KEY_ID = "STS.NSExampleExampleExampleE";
  static final String TOKEN = "t".repeat(600);

  private FilterServer() {}

  public static void main(String[] args) throws Exception {
    System.out.println(start(Container.valueOf(args[0])));
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  /** Starts both applications, and returns the port. */
  static int start(Container container) throws Exception {
    BareServlet bare = new BareServlet();
    int port = container.start(new OssPostFilter(endpoints()), bare);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest grant = HttpRequest.newBuilder(address(port, FILTER)).build();
    bare.repeat(http.send(grant, BodyHandlers.ofByteArray()));
    return port;
  }

  static URI address(int port, String application) {
    return URI.create("http://127.0.0.1:" + port + application + ROUTE);
  }

  /** The same grant that is measured without a container: the tutorial page's, with STS keys. */
  private static UploadEndpoints endpoints() {
    OssCredentials credentials = OssCredentials.temporary(KEY_ID, "secret", TOKEN);
    UploadProfile profile =
        UploadProfile.builder("default")
            .dir("uploads/{principal}/")
            .contentTypes(List.of("image/gif", "image/webp"))
            .build();
    return UploadEndpoints.builder(
            UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
                .credentials(OssCredentialsProvider.of(credentials))
                .profile(profile, Set.of(GrantKind.POST), List.of(PostFormat.V4))
                .build())
        .authorizer(callers())
        .build();
  }

  /** A different caller each time. */
  static CallerAuthorizer callers() {
    AtomicInteger asked = new AtomicInteger();
    return request -> Caller.named("user-" + (1000 + (asked.incrementAndGet() & 1023)));
  }
}
