package io.osspost.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.web.UploadEndpoints;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The filter in a real Tomcat, under a context path, behind its BASIC authentication. */
class OssPostFilterTest {
  private static final String PATH = "/shop/get_post_signature_for_oss_upload";

  @TempDir static Path directory;
  private static Tomcat tomcat;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    UploadGrants grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
            .build();
    tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("/shop", directory.toString());

    FilterDef filter = new FilterDef();
    filter.setFilterName("ossPost");
    filter.setFilter(new OssPostFilter(UploadEndpoints.builder(grants).build()));
    filter.setAsyncSupported("true");
    context.addFilterDef(filter);
    FilterMap everything = new FilterMap();
    everything.setFilterName("ossPost");
    everything.addURLPattern("/*");
    context.addFilterMap(everything);

    Tomcat.addServlet(context, "echo", new EchoServlet());
    context.addServletMapping("/echo", "echo");

    Tomcat.addServlet(context, "default", new DefaultServlet());
    context.addServletMapping("/", "default");

    LoginConfig basic = new LoginConfig();
    basic.setAuthMethod("BASIC");
    context.setLoginConfig(basic);
    context.setPreemptiveAuthentication(true);
    context.setRealm(new AnyoneWithTheirNameAsPassword());
    context.getPipeline().addValve(new BasicAuthenticator());
    tomcat.start();
  }

  @AfterAll
  static void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void authenticatedCallerGetsAGrant() throws Exception {
    HttpResponse<String> answer = send(get(PATH + "?format=form&filename=a%20b.png").as("alice"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Content-Length"))
        .contains(String.valueOf(answer.body().length()));
    assertThat(answer.body()).contains("\"key\":\"uploads/alice/");
  }

  @Test
  void aCallerTheContainerDoesNotKnowIsRefusedByUs() throws Exception {
    HttpResponse<String> answer = send(get(PATH));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body()).contains("\"code\":\"not-authenticated\"");
  }

  @Test
  void acceptsUnencodedFileNamesInTheQuery() throws Exception {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort())) {
      // HttpClient would not send it; browsers do.
      String request =
          "GET "
              + PATH
              + "?format=form&filename=50%.png HTTP/1.1\r\nHost: x\r\n"
              + "Authorization: Basic YWxpY2U6YWxpY2U=\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200").contains("\"Content-Type\":\"image/png\"");
    }
  }

  @Test
  void parametersMayComeAsAForm() throws Exception {
    HttpResponse<String> answer =
        send(
            get(PATH)
                .as("alice")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .post(BodyPublishers.ofString("format=form&filename=a.png&size=5")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"Content-Type\":\"image/png\"");
  }

  @Test
  void pathParametersAndEncodingChangeNothing() throws Exception {
    assertThat(send(get(PATH + ";jsessionid=1?format=form").as("alice")).statusCode())
        .isEqualTo(200);
    assertThat(send(get(PATH.replace("_oss", "%5Foss") + "?format=form").as("alice")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void otherRequestsPassWithTheirBodyUnread() throws Exception {
    HttpResponse<String> answer =
        send(
            get("/shop/echo")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .post(BodyPublishers.ofString("profile=default")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("profile=default");
    assertThat(answer.headers().firstValue("Cache-Control")).isEmpty();
  }

  @Test
  void rejectsOtherMethodsAndListsTheAllowedOnes() throws Exception {
    HttpResponse<String> answer = send(get(PATH).as("alice").delete());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, POST, OPTIONS");
  }

  private HttpResponse<String> send(Call call) throws IOException, InterruptedException {
    return http.send(call.builder.build(), BodyHandlers.ofString());
  }

  private static Call get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    return new Call(HttpRequest.newBuilder(uri));
  }

  /** A request that can be sent as any user. */
  private record Call(HttpRequest.Builder builder) {
    Call as(String name) {
      String pair = Base64.getEncoder().encodeToString((name + ":" + name).getBytes(UTF_8));
      return header("Authorization", "Basic " + pair);
    }

    Call header(String name, String value) {
      builder.header(name, value);
      return this;
    }

    Call post(HttpRequest.BodyPublisher body) {
      builder.POST(body);
      return this;
    }

    Call delete() {
      builder.DELETE();
      return this;
    }
  }

  private static final class AnyoneWithTheirNameAsPassword extends RealmBase {
    @Override
    protected String getPassword(String username) {
      return username;
    }

    @Override
    protected GenericPrincipal getPrincipal(String username) {
      return new GenericPrincipal(username);
    }
  }

  /** Answers with the body that it could still read. */
  private static final class EchoServlet extends HttpServlet {
    @Serial private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().transferTo(response.getOutputStream());
    }
  }
}
