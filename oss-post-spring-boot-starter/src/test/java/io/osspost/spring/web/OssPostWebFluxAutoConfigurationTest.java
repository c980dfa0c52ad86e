package io.osspost.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.settings.InvalidSettingException;
import io.osspost.spring.OssPostReload;
import io.osspost.spring.Starter;
import io.osspost.web.UploadEndpoints;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class OssPostWebFluxAutoConfigurationTest {
  private final ReactiveWebApplicationContextRunner web = Starter.reactive();

  @Test
  void filterComesAfterSpringSecurity() {
    web.run(
        context ->
            assertThat(context.getBean(OssPostWebFilter.class).getOrder())
                .isGreaterThan(-100)); // The order of Spring Security's chain in Boot.
  }

  @Test
  void filterServesPathsThatAReloadAdds() {
    web.run(
        context -> {
          WebFilter filter = context.getBean(OssPostWebFilter.class);
          String path = "/oss_multipart_upload/start";
          assertThat(statusOf(filter, path)).isEqualTo(HttpStatus.NOT_FOUND);
          TestPropertyValues.of("oss.post.profiles.default.grants=post,multipart").applyTo(context);
          context.getBean(OssPostReload.class).reload();
          assertThat(statusOf(filter, path)).isEqualTo(HttpStatus.UNAUTHORIZED);
        });
  }

  /** Returns the status of a request without a login; 404 if the filter passes it on. */
  private static @Nullable HttpStatusCode statusOf(WebFilter filter, String path) {
    ServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post(path));
    filter
        .filter(
            exchange,
            passed -> {
              passed.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
              return Mono.empty();
            })
        .block();
    return exchange.getResponse().getStatusCode();
  }

  @Test
  void yourFilterWins() {
    WebFilter yours = (exchange, chain) -> chain.filter(exchange);
    web.withBean("ossPostWebFilter", WebFilter.class, () -> yours)
        .run(context -> assertThat(context.getBean("ossPostWebFilter")).isSameAs(yours));
  }

  @Test
  void callersOfAServletSessionStopTheStart() {
    web.withPropertyValues("oss.post.caller=session:loginUser.loginName")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("Setting 'caller': It is 'session:loginUser.loginName'")
                    .hasMessageContaining("Use Spring Security, 'header:...'"));
  }

  @Test
  void startsWithoutWebFluxsClasses() {
    web.withClassLoader(new FilteredClassLoader(Schedulers.class))
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(UploadEndpoints.class)
                    .doesNotHaveBean("ossPostWebFilter"));
  }

  @Test
  void withoutSpringSecurityAPrincipalHasNoRoles() {
    web.withClassLoader(new FilteredClassLoader("org.springframework.security"))
        .withPropertyValues("oss.post.allow-anonymous=true")
        .run(
            context -> {
              Principal alice = () -> "alice";
              Login login = context.getBean(Logins.class).of(alice).orElseThrow();
              assertThat(login.principal().getName()).isEqualTo("alice");
              assertThat(login.roles().test("ADMIN")).isFalse();
            });
  }

  @Test
  void anonymousAuthenticationHasNoLogin() {
    assertThat(
            new SecurityLogins(withHierarchy(""))
                .of(
                    new AnonymousAuthenticationToken(
                        "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ADMIN"))))
        .isEmpty();
    assertThat(
            new SecurityLogins(withHierarchy(""))
                .of(UsernamePasswordAuthenticationToken.unauthenticated("alice", "password")))
        .isEmpty();
  }

  @Test
  void aRoleIsAnAuthorityWithOrWithoutItsPrefix() {
    Login alice =
        new SecurityLogins(withHierarchy(""))
            .of(
                UsernamePasswordAuthenticationToken.authenticated(
                    "alice",
                    "password",
                    AuthorityUtils.createAuthorityList("ROLE_EDITOR", "SCOPE_upload")))
            .orElseThrow();
    assertThat(List.of("EDITOR", "ROLE_EDITOR", "SCOPE_upload")).allMatch(alice.roles());
    assertThat(List.of("ADMIN", "upload", "editor", "")).noneMatch(alice.roles());
  }

  @Test
  void hierarchyOfRolesIsRespected() {
    Login alice =
        new SecurityLogins(withHierarchy("ROLE_ADMIN > ROLE_EDITOR"))
            .of(
                UsernamePasswordAuthenticationToken.authenticated(
                    "alice", "password", AuthorityUtils.createAuthorityList("ROLE_ADMIN")))
            .orElseThrow();
    assertThat(List.of("ADMIN", "EDITOR")).allMatch(alice.roles());
    assertThat(List.of("VIEWER")).noneMatch(alice.roles());
  }

  private static Authorities withHierarchy(String hierarchy) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    if (!hierarchy.isEmpty()) {
      beans.addBean("hierarchy", RoleHierarchyImpl.fromHierarchy(hierarchy));
    }
    return Authorities.of(beans.getBeanProvider(RoleHierarchy.class));
  }
}
