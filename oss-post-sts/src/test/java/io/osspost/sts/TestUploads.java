package io.osspost.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.PostFormat;
import io.osspost.PostGrant;
import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.emulator.OssEmulator;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Grants uploads as an application does, and posts them as a browser does. */
public final class TestUploads {
  private static final HttpClient BROWSER = HttpClient.newHttpClient();
  private static final String BOUNDARY = "----oss-post-test";

  private TestUploads() {}

  public static OssBucket bucket(OssEmulator oss) {
    return OssBucket.of(oss.bucket(), oss.region()).at(oss.endpoint());
  }

  /** Returns OSS's status for a form that {@code keys} signed. */
  public static int statusOfUpload(OssEmulator oss, OssCredentialsProvider keys) {
    return statusOfUpload(UploadGrants.builder(bucket(oss)).credentials(keys).build());
  }

  public static int statusOfUpload(UploadGrants grants) {
    PostGrant grant =
        grants.post(
            "default",
            PostFormat.FORM,
            Caller.named("alice"),
            PlannedUpload.of("me.png").size(5).type("image/png"));
    StringBuilder form = new StringBuilder();
    grant.fields().forEach((name, value) -> part(form, name, "", value));
    part(form, "file", "; filename=\"me.png\"\r\nContent-Type: image/png", "12345");
    form.append("--").append(BOUNDARY).append("--\r\n");
    HttpRequest post =
        HttpRequest.newBuilder(grant.url())
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofString(form.toString(), UTF_8))
            .build();
    try {
      return BROWSER.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void part(StringBuilder form, String name, String more, String value) {
    form.append("--").append(BOUNDARY).append("\r\n");
    form.append("Content-Disposition: form-data; name=\"").append(name).append('"').append(more);
    form.append("\r\n\r\n").append(value).append("\r\n");
  }
}
