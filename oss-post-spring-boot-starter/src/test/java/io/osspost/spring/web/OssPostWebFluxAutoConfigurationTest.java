package io.osspost.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.spring.Starter;
import io.osspost.web.UploadEndpoints;
import java.security.Principal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.server.WebFilter;
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
  void yourFilterWins() {
    WebFilter yours = (exchange, chain) -> chain.filter(exchange);
    web.withBean("ossPostWebFilter", WebFilter.class, () -> yours)
        .run(context -> assertThat(context.getBean("ossPostWebFilter")).isSameAs(yours));
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
              assertThat(login.name()).isEqualTo("alice");
              assertThat(login.roles().test("ADMIN")).isFalse();
            });
  }

  @Test
  void anonymousAuthenticationHasNoLogin() {
    assertThat(
            new SecurityLogins()
                .of(
                    new AnonymousAuthenticationToken(
                        "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ADMIN"))))
        .isEmpty();
    assertThat(
            new SecurityLogins()
                .of(UsernamePasswordAuthenticationToken.unauthenticated("alice", "password")))
        .isEmpty();
  }

  @Test
  void aRoleIsAnAuthorityWithOrWithoutItsPrefix() {
    Login alice =
        new SecurityLogins()
            .of(
                UsernamePasswordAuthenticationToken.authenticated(
                    "alice",
                    "password",
                    AuthorityUtils.createAuthorityList("ROLE_EDITOR", "SCOPE_upload")))
            .orElseThrow();
    assertThat(List.of("EDITOR", "ROLE_EDITOR", "SCOPE_upload")).allMatch(alice.roles());
    assertThat(List.of("ADMIN", "upload", "editor", "")).noneMatch(alice.roles());
  }
}
