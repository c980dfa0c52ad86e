package io.osspost.web;

import static io.osspost.web.EndpointFixture.assertProblem;
import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osspost.credentials.OssCredentials;
import io.osspost.testsupport.LoggedLines;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users whom an application keeps in the session, or a proxy names in a header. */
class CallerSourceTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final CallerSource byName =
      CallerSource.ofSession("loginUser.loginName", Optional.of("loginUser.roles"));
  private final CallerSource byHeader =
      CallerSource.ofHeader("X-User", Optional.of("X-Roles"), SECRET);

  /** A user as applications keep it in the session; its class is not public. */
  static class User {
    private final Object loginName;
    private final Object roles;

    User(Object loginName, Object roles) {
      this.loginName = loginName;
      this.roles = roles;
    }

    public Object getLoginName() {
      return loginName;
    }

    public Object getRoles() {
      return roles;
    }

    public User getSelf() {
      return this;
    }

    public String getBroken() {
      throw new IllegalStateException("no database");
    }

    @Override
    public String toString() {
      return "a text that must not become a directory";
    }
  }

  @Test
  void getterNamesTheCaller() {
    assertThat(keyFor(byName, form().session("loginUser", new User("alice", null))))
        .startsWith("uploads/alice/");
    assertThat(keyFor(byName, form().session("loginUser", Map.of("loginName", "bob"))))
        .startsWith("uploads/bob/");
    assertThat(
            keyFor(
                CallerSource.ofSession("loginUser.self.loginName", Optional.empty()),
                form().session("loginUser", new User(4711L, null))))
        .startsWith("uploads/4711/");
    assertThat(
            keyFor(
                CallerSource.ofSession("userId", Optional.empty()),
                form().session("userId", BigInteger.TEN)))
        .startsWith("uploads/10/");
  }

  @Test
  void longestAttributeNameCounts() {
    CallerSource source = CallerSource.ofSession("com.shop.USER.loginName", Optional.empty());
    FakeRequest request =
        form().session("com.shop.USER", new User("alice", null)).session("com", "x");
    assertThat(keyFor(source, request)).startsWith("uploads/alice/");
    request.session("com.shop.USER.loginName", "bob");
    assertThat(keyFor(source, request)).startsWith("uploads/bob/");
  }

  @Test
  void requestWithoutTheAttributeIsNotLoggedIn() {
    assertProblem(answer(byName, form()), 401, "not-authenticated");
    assertProblem(
        answer(byName, form().session("loginUser", new User(null, null))),
        401,
        "not-authenticated");
  }

  @Test
  void containersLoginDoesNotCount() {
    assertProblem(answer(byName, form().principal("root")), 401, "not-authenticated");
    assertProblem(answer(byHeader, form().principal("root")), 401, "not-authenticated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loginUser | which is neither a text nor a number",
        "loginUser.email | which has no public getEmail",
        "loginUser.broken | whose getBroken failed with java.lang.IllegalStateException",
        "loginUser.empty | which has no public getEmpty",
        "blank | is empty"
      })
  void unusableValueIsRefusedAndLogged(String path, String reason) {
    CallerSource source = CallerSource.ofSession(path, Optional.empty());
    List<String> warnings =
        LoggedLines.warnings(
            UploadEndpoints.class.getName(),
            () -> {
              FakeRequest request =
                  form().session("loginUser", new User("alice", null)).session("blank", " ");
              // Anonymous callers are allowed, but this one is not anonymous.
              UploadEndpoints open =
                  endpoints(source).authorizer(CallerAuthorizer.anonymousAllowed()).build();
              assertProblem(request.answeredBy(open), 401, "not-authenticated");
            });
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("Caller refused, session:" + path + ": It ")
        .contains(reason, "Correct the setting caller.")
        .doesNotContain("a text that must not become a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", "a b", ".a", "a."})
  void pathOfTheSessionIsChecked(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerSource.ofSession(path, Optional.empty()))
        .withMessageContaining("session:loginUser.loginName");
  }

  @Test
  void rolesOfTheSessionOpenProfiles() {
    for (Object roles :
        List.of(
            List.of("viewer", "editor"),
            Set.of("editor"),
            new String[] {"viewer", "editor"},
            "viewer, editor")) {
      assertThat(reports(byName, form("reports").session("loginUser", new User("alice", roles))))
          .isEqualTo(200);
    }
    for (Object roles : List.of(List.of(), List.of("editors"), "editors", 7)) {
      assertThat(reports(byName, form("reports").session("loginUser", new User("alice", roles))))
          .isEqualTo(403);
    }
    assertThat(reports(byName, form("reports").session("loginUser", new User("alice", null))))
        .isEqualTo(403);
    assertThat(
            reports(
                CallerSource.ofSession("loginUser.loginName", Optional.empty()),
                form("reports")
                    .principal("root")
                    .role("editor")
                    .session("loginUser", new User("alice", null))))
        .isEqualTo(403);
  }

  @Test
  void headerCountsWithTheSecretOnly() {
    assertThat(keyFor(byHeader, fromProxy(SECRET))).startsWith("uploads/alice/");
    for (String wrong :
        List.of(SECRET + "x", SECRET.substring(1), "", SECRET.toUpperCase(Locale.ROOT))) {
      assertProblem(answer(byHeader, fromProxy(wrong)), 401, "not-authenticated");
    }
    assertProblem(answer(byHeader, form().header("X-User", "alice")), 401, "not-authenticated");
    assertProblem(
        answer(byHeader, form().header("X-Oss-Post-Secret", SECRET)), 401, "not-authenticated");
    assertProblem(
        answer(byHeader, fromProxy(SECRET).header("X-User", " ")), 401, "not-authenticated");
  }

  @Test
  void headerWithoutTheSecretIsLoggedWithoutIt() {
    List<String> warnings =
        LoggedLines.warnings(
            UploadEndpoints.class.getName(),
            () -> {
              answer(byHeader, form().header("X-User", "alice"));
              CallerSource other = CallerSource.ofHeader("X-User", Optional.empty(), SECRET);
              answer(other, fromProxy("abcdefabcdefabcdefabcdefabcdefab"));
            });
    assertThat(warnings)
        .hasSize(2)
        .anyMatch(line -> line.contains("X-Oss-Post-Secret is missing"))
        .anyMatch(line -> line.contains("is not caller-secret"))
        .noneMatch(line -> line.contains("abcdef"));
  }

  @Test
  void rolesOfAHeaderNeedTheSecret() {
    assertThat(reports(byHeader, fromProxy("reports", SECRET).header("X-Roles", "viewer,editor")))
        .isEqualTo(200);
    assertThat(reports(byHeader, fromProxy("reports", SECRET).header("X-Roles", "editors")))
        .isEqualTo(403);
    assertThat(reports(byHeader, fromProxy("reports", SECRET))).isEqualTo(403);
    assertThat(
            byHeader.isInRole(form().header("X-User", "a").header("X-Roles", "editor"), "editor"))
        .isFalse();
  }

  @Test
  void secretAndHeaderAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerSource.ofHeader("X-User", Optional.empty(), "short"))
        .withMessageContaining("openssl rand -base64 32")
        .withMessageNotContaining("short");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerSource.ofHeader("X User", Optional.empty(), SECRET))
        .withMessageContaining("header:X-Forwarded-User");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallerSource.ofHeader("X-Oss-Post-Secret", Optional.empty(), SECRET));
  }

  private static FakeRequest form() {
    return form("images");
  }

  private static FakeRequest form(String profile) {
    return new FakeRequest("GET", "/get_post_signature_for_oss_upload")
        .query("profile=" + profile + "&format=form&filename=a.png");
  }

  /** A default method that is not passed on hides the value of the adapter. */
  @Test
  void everyOtherValueIsPassedOn() {
    assertThat(RequestOfCaller.class.getDeclaredMethods())
        .filteredOn(method -> !method.isSynthetic())
        .extracting(Method::getName)
        .containsAll(Arrays.stream(WebRequest.class.getMethods()).map(Method::getName).toList());
  }

  private static FakeRequest fromProxy(String secret) {
    return fromProxy("images", secret);
  }

  private static FakeRequest fromProxy(String profile, String secret) {
    return form(profile).header("X-User", "alice").header("X-Oss-Post-Secret", secret);
  }

  private static String keyFor(CallerSource source, FakeRequest request) {
    return json(answer(source, request)).path("key").asText();
  }

  private static int reports(CallerSource source, FakeRequest request) {
    return answer(source, request).status();
  }

  private static WebResponse answer(CallerSource source, FakeRequest request) {
    return request.answeredBy(endpoints(source).build());
  }

  private static UploadEndpoints.Builder endpoints(CallerSource source) {
    return UploadEndpoints.builder(
            EndpointFixture.grants(() -> OssCredentials.of("LTAIid", "secret")))
        .callers(source);
  }
}
