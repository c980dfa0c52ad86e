package io.osspost.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.profile.Caller;
import io.osspost.testsupport.LoggedLines;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalAuthorizerTest {
  private record Account(long id, String email) implements Principal {
    @Override
    public String getName() {
      return toString();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.example.User@1b2c3d | com.example.User",
        "User[id=7, email=a@example.com] | User",
        "com.example.User(id=7, email=a@example.com) | com.example.User",
        "LoginUser{id=7, email='a@example.com'} | LoginUser"
      })
  void textOfAnObjectIsWarnedOfOnceWithoutItsData(String name, String type) {
    CallerAuthorizer authorizer = CallerAuthorizer.authenticated();
    List<String> warnings =
        warningsOf(
            () -> {
              authorizer.authorize(request(() -> name));
              authorizer.authorize(request(() -> name));
            });
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("class " + type + ".", "principal-names")
        .doesNotContain("example.com]", "a@example", "1b2c3d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice", "a@example.com", "alice@beef", "CN=Alice,O=Example", "张三", "Alice (IT)"})
  void namesAreNotWarnedOf(String name) {
    assertThat(warningsOf(() -> CallerAuthorizer.authenticated().authorize(request(() -> name))))
        .isEmpty();
  }

  @Test
  void applicationChoosesTheName() {
    CallerAuthorizer byId =
        CallerAuthorizer.authenticated(principal -> String.valueOf(((Account) principal).id()));
    assertThat(byId.authorize(request(new Account(7, "a@example.com"))))
        .isEqualTo(Caller.named("7"));
  }

  private static FakeRequest request(Principal principal) {
    return new FakeRequest("GET", "/") {
      @Override
      public Optional<Principal> userPrincipal() {
        return Optional.of(principal);
      }
    };
  }

  private static List<String> warningsOf(Runnable action) {
    return LoggedLines.warnings(UploadEndpoints.class.getName(), action);
  }
}
