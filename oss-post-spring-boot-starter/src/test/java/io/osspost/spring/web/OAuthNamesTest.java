package io.osspost.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.web.PrincipalNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

/** The bean of docs/spring-boot.md for several OAuth registrations. */
class OAuthNamesTest {
  PrincipalNames names() {
    return principal ->
        principal instanceof OAuth2AuthenticationToken login
            ? login.getAuthorizedClientRegistrationId() + ":" + login.getName()
            : principal.getName();
  }

  @Test
  void usersOfTwoRegistrationsDiffer() {
    assertThat(names().nameOf(login("github"))).isEqualTo("github:7");
    assertThat(names().nameOf(login("gitee"))).isEqualTo("gitee:7");
    assertThat(names().nameOf(() -> "alice")).isEqualTo("alice");
  }

  private static OAuth2AuthenticationToken login(String registration) {
    return new OAuth2AuthenticationToken(
        new DefaultOAuth2User(List.of(), Map.of("sub", "7"), "sub"), List.of(), registration);
  }
}
