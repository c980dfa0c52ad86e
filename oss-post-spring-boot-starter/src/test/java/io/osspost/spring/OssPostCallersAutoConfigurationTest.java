package io.osspost.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.profile.Caller;
import io.osspost.web.CallerAuthorizer;
import io.osspost.web.CallerSource;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class OssPostCallersAutoConfigurationTest {
  private final WebApplicationContextRunner secured = Starter.servlet();
  private final WebApplicationContextRunner open =
      Starter.servlet().withClassLoader(new FilteredClassLoader("org.springframework.security"));

  @Test
  void springSecurityUsersMayRequestGrants() {
    secured.run(
        context -> {
          UploadEndpoints endpoints = context.getBean(UploadEndpoints.class);
          assertThat(GrantQuery.as("alice", "").of(endpoints).status()).isEqualTo(200);
          assertThat(GrantQuery.asNobody("").of(endpoints).status()).isEqualTo(401);
        });
  }

  @Test
  void withoutSpringSecurityASettingIsRequired() {
    open.run(
        context -> {
          FailureAnalysis analysis = FailedStart.analysis(context);
          assertThat(analysis.getDescription())
              .startsWith(
                  "No configuration decides which callers may upload: Spring Security is not on the");
          assertThat(analysis.getAction())
              .contains(
                  "spring-boot-starter-security",
                  "CallerAuthorizer",
                  "oss.post.authorizer",
                  "oss.post.allow-anonymous=true");
        });
  }

  @Test
  void anonymousCallersAreAllowedAloud() {
    open.withPropertyValues("oss.post.allow-anonymous=true")
        .run(
            context ->
                assertThat(
                        GrantQuery.asNobody("").of(context.getBean(UploadEndpoints.class)).status())
                    .isEqualTo(200));
  }

  @Test
  void aClassIsNamedByAProperty() {
    open.withPropertyValues("oss.post.authorizer=" + OnlyBob.class.getName())
        .run(
            context ->
                assertThat(GrantQuery.asNobody("").textOf(context.getBean(UploadEndpoints.class)))
                    .contains("uploads/bob/"));
  }

  @Test
  void aSourceOfCallersIsADecision() {
    open.withBean("shiro", CallerSource.class, () -> request -> Optional.of(() -> "bob"))
        .withPropertyValues("oss.post.caller=shiro")
        .run(
            context ->
                assertThat(GrantQuery.asNobody("").textOf(context.getBean(UploadEndpoints.class)))
                    .contains("uploads/bob/"));
    open.withPropertyValues("oss.post.caller=session:loginUser")
        .run(
            context ->
                assertThat(
                        GrantQuery.asNobody("").of(context.getBean(UploadEndpoints.class)).status())
                    .isEqualTo(401));
  }

  @Test
  void anEmptySourceOfCallersIsNoDecision() {
    open.withPropertyValues("oss.post.caller=").run(context -> assertThat(context).hasFailed());
  }

  @Test
  void ofSeveralBeansOneIsNamedByAProperty() {
    open.withBean("first", CallerAuthorizer.class, () -> request -> Caller.named("first"))
        .withBean("second", CallerAuthorizer.class, () -> request -> Caller.named("second"))
        .withPropertyValues("oss.post.authorizer=second")
        .run(
            context ->
                assertThat(GrantQuery.asNobody("").textOf(context.getBean(UploadEndpoints.class)))
                    .contains("uploads/second/"));
  }

  @Test
  void severalBeansWithoutAWordWhichStopTheStart() {
    open.withBean("first", CallerAuthorizer.class, () -> request -> Caller.named("first"))
        .withBean("second", CallerAuthorizer.class, () -> request -> Caller.named("second"))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("expected single matching bean but found 2"));
  }

  @Test
  void yourBeanWinsAndDecides() {
    open.withBean("mine", CallerAuthorizer.class, () -> request -> Caller.named("me"))
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(CallerAuthorizer.class)
                  .doesNotHaveBean("ossPostCallers");
              assertThat(GrantQuery.asNobody("").textOf(context.getBean(UploadEndpoints.class)))
                  .contains("uploads/me/");
            });
  }

  @Test
  void anApplicationThatIsNotOnTheWebNeedsNoDecision() {
    Starter.offWeb()
        .withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .run(context -> assertThat(context).hasSingleBean(UploadEndpoints.class));
  }

  /** An authorizer that a property names. */
  public static final class OnlyBob implements CallerAuthorizer {
    @Override
    public Caller authorize(WebRequest request) {
      return Caller.named("bob");
    }
  }
}
