package io.osspost.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.osspost.UploadGrants;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.testsupport.LoggedLines;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The settings that filters and servlets read at startup, their sources, and the cleanup. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DeclaredSettingsTest {
  private final FakeContainer container =
      new FakeContainer()
          .contextParameter("oss.post.bucket", "examplebucket")
          .contextParameter("oss.post.region", "cn-hangzhou")
          .contextParameter("oss.post.credentials.type", "keys")
          .attribute("keys", OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")));

  @BeforeEach
  void countAnew() {
    CountedType.open.set(0);
  }

  @AfterEach
  void clear() {
    System.clearProperty("oss.post.path-prefix");
  }

  @Test
  void parametersTakePrecedenceInOrder() throws Exception {
    System.setProperty("oss.post.path-prefix", "/property");
    assertThat(opened(Map.of()).paths()).contains("/property/get_post_signature_for_oss_upload");
    container.contextParameter("oss.post.path-prefix", "/context");
    assertThat(opened(Map.of()).paths()).contains("/context/get_post_signature_for_oss_upload");
    assertThat(opened(Map.of("path-prefix", "/own")).paths())
        .contains("/own/get_post_signature_for_oss_upload");
  }

  @Test
  void contextParametersOfOthersAreNotRead() throws Exception {
    container.contextParameter("path-prefix", "/theirs").contextParameter("oss.posters", "many");
    assertThat(opened(Map.of()).paths()).contains("/get_post_signature_for_oss_upload");
  }

  @Test
  void unknownParameterStopsTheStartWithASuggestion() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> new OssPostFilter().init(filter(Map.of("path-prefx", "/api"))))
        .withMessage(
            "Filter 'uploads' of WAR '/shop' grants no uploads. Setting 'path-prefx': There is no such setting."
                + " Did you mean 'path-prefix'?")
        .withCauseInstanceOf(InvalidSettingException.class)
        .matches(UnavailableException::isPermanent);
    container.contextParameter("oss.post.alow-anonymous", "true");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> new OssPostServlet().init(container.servlet("uploads", Map.of())))
        .withMessageStartingWith(
            "Servlet 'uploads' of WAR '/shop' grants no uploads. Setting 'alow-anonymous'")
        .withMessageContaining("'allow-anonymous'");
  }

  @Test
  void parametersOfSpringsProxyAreIgnored() throws Exception {
    Map<String, String> own =
        Map.of(
            "targetFilterLifecycle", "true",
            "targetBeanName", "ossPostFilter",
            "contextAttribute", "spring",
            "path-prefix", "/own");
    assertThat(opened(own).paths()).contains("/own/get_post_signature_for_oss_upload");
  }

  @Test
  void initParameterMayHaveThePrefixOfContextParameters() throws Exception {
    assertThat(opened(Map.of("oss.post.path-prefix", "/own")).paths())
        .contains("/own/get_post_signature_for_oss_upload");
  }

  @Test
  void missingObjectIsReportedWithBothFixes() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> opened(Map.of("upload-listener", "boxes")))
        .withMessageContaining("There is no object named 'boxes'")
        .withMessageContaining("full name of a class that is a UploadListener")
        .withMessageContaining("an attribute of the servlet context");
  }

  @Test
  void callbackUrlWithoutTheContextPathIsWarnedOf() {
    assertThat(warnings("https://www.example.com/oss_upload_callback"))
        .containsExactly(
            "OSS will call https://www.example.com/oss_upload_callback, but callbacks are received"
                + " at /shop/oss_upload_callback. Set callback.url to"
                + " https://www.example.com/shop/oss_upload_callback, unless a proxy forwards one"
                + " to the other.");
    assertThat(warnings("https://www.example.com/shop/oss_upload_callback")).isEmpty();
  }

  /** Without the warnings about variables of the environment, in which the test cannot meddle. */
  private List<String> warnings(String callbackUrl) {
    return LoggedLines.warnings(
            UploadSettings.class.getName(),
            () -> {
              try {
                opened(Map.of("callback.url", callbackUrl)).close();
              } catch (ServletException e) {
                throw new IllegalStateException(e);
              }
            })
        .stream()
        .filter(line -> !line.startsWith("Environment variable"))
        .toList();
  }

  @Test
  void filterThatWasNotInitializedFailsWithTheFix() {
    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(() -> new OssPostFilter().doFilter(null, null, (request, response) -> {}))
        .withMessageContaining("was not initialized")
        .withMessageContaining("targetFilterLifecycle to true");
  }

  @Test
  void failingClassStopsTheStartWithTheReason() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> opened(Map.of("authorizer", "com.example.Missing")))
        .withMessageContainingAll("'authorizer'", "'com.example.Missing'", "Add its jar");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> opened(Map.of("naming", Unhappy.class.getName())))
        .withMessageContainingAll("'naming'", Unhappy.class.getName(), "KeyNaming");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> opened(Map.of("authorizer", Unhappy.class.getName())))
        .withMessageContainingAll("'authorizer'", Unhappy.class.getName(), "no directory today");
  }

  @Test
  void missingJarStopsTheStart() {
    container.attribute(
        "halfway",
        new CredentialsType() {
          @Override
          public String name() {
            return "halfway";
          }

          @Override
          public OssCredentialsProvider open(CredentialsOptions settings) {
            throw new NoClassDefFoundError("com/example/cache/Cache");
          }
        });
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> opened(Map.of("credentials.type", "halfway")))
        .withMessageStartingWith(
            "Filter 'uploads' of WAR '/shop' grants no uploads. A jar is missing")
        .withMessageContaining("com/example/cache/Cache");
  }

  @Test
  void contextAttributeTakesPrecedenceOverAClass() throws Exception {
    container.attribute(Unhappy.class.getName(), CallerAuthorizer.anonymousAllowed());
    assertThatNoException()
        .isThrownBy(() -> opened(Map.of("authorizer", Unhappy.class.getName())).close());
  }

  @Test
  void classesComeFromTheWebApplication() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    AtomicInteger asked = new AtomicInteger();
    container.loader(
        new ClassLoader(before) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            asked.addAndGet(name.equals("com.example.Missing") ? 1 : 0);
            throw new ClassNotFoundException(name);
          }
        });
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> opened(Map.of("rate-limit", "com.example.Missing")));
    assertThat(asked).hasPositiveValue();
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void filterClosesTheSettingsObjects() throws Exception {
    OssPostFilter filter = new OssPostFilter();
    filter.init(filter(Map.of("credentials.type", CountedType.class.getName())));
    assertThat(CountedType.open).hasValue(1);
    filter.destroy();
    assertThat(CountedType.open).hasValue(0);
    filter.destroy();
    assertThat(CountedType.open).hasValue(0);
  }

  @Test
  void servletClosesTheSettingsObjects() throws Exception {
    OssPostServlet servlet = new OssPostServlet();
    servlet.init(
        container.servlet("uploads", Map.of("credentials.type", CountedType.class.getName())));
    assertThat(CountedType.open).hasValue(1);
    servlet.destroy();
    assertThat(CountedType.open).hasValue(0);
  }

  @Test
  void aStartThatFailsLeavesNothingOpen() {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(
            () ->
                opened(
                    Map.of(
                        "credentials.type",
                        CountedType.class.getName(),
                        "authorizer",
                        "com.example.Missing")));
    assertThat(CountedType.open).hasValue(0);
  }

  @Test
  void passedEndpointsAreNeitherConfiguredNorClosed() {
    AtomicInteger closed = new AtomicInteger();
    UploadGrants grants =
        UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
            .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
            .build();
    OssPostFilter filter =
        new OssPostFilter(
            UploadEndpoints.builder(grants).closeAlso(closed::incrementAndGet).build());
    assertThatNoException().isThrownBy(() -> filter.init(filter(Map.of("no-setting", "at all"))));
    filter.destroy();
    assertThat(closed).hasValue(0);
  }

  private UploadEndpoints opened(Map<String, String> own) throws ServletException {
    return DeclaredSettings.of(filter(own)).open().endpoints();
  }

  private FilterConfig filter(Map<String, String> own) {
    return container.filter("uploads", new HashMap<>(own));
  }

  /** Credentials that count how many of them are open. */
  public static final class CountedType implements CredentialsType {
    static final AtomicInteger open = new AtomicInteger();

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public OssCredentialsProvider open(CredentialsOptions settings) {
      open.incrementAndGet();
      return new OssCredentialsProvider() {
        @Override
        public OssCredentials resolve() {
          return OssCredentials.of("LTAIid", "secret");
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }
  }

  /** An authorizer whose constructor fails. */
  public static final class Unhappy implements CallerAuthorizer {
    public Unhappy() {
      throw new IllegalStateException("no directory today");
    }

    @Override
    public Caller authorize(WebRequest request) {
      return Caller.anonymous();
    }
  }
}
