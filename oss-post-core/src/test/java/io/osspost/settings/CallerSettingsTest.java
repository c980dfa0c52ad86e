package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.web.CallerSource;
import io.osspost.web.WebRequest;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that name the callers of an application with its own login. */
class CallerSettingsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final Map<String, String> settings =
      new HashMap<>(Map.of("bucket", "examplebucket", "region", "cn-hangzhou"));

  /** A source of the application. */
  public static final class Shiro implements CallerSource {
    @Override
    public Optional<Principal> user(WebRequest request) {
      return Optional.of(() -> "alice");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "container,",
    "session:loginUser.loginName,",
    "session:loginUser.loginName, session:loginUser.roles",
    "io.osspost.settings.CallerSettingsTest$Shiro,",
    "container, container"
  })
  void placesOfCallersAreRead(String caller, String roles) {
    settings.put("caller", caller);
    if (roles != null) {
      settings.put("caller-roles", roles);
    }
    open();
  }

  @Test
  void headerNeedsASecret() {
    settings.put("caller", "header:X-User");
    assertFails("caller-secret", "It is not set. Anyone can send a header");
    settings.put("caller-secret", "");
    assertFails("caller-secret", "It is empty. Anyone can send a header");
    settings.put("caller-secret", "short");
    assertFails("caller-secret", "openssl rand -base64 32");
    settings.put("caller-secret", SECRET);
    settings.put("caller-roles", "header:X-Roles");
    open();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "session: | | caller | names no attribute",
        "header:a b | | caller | cannot name a user",
        "other | | caller | Write container, session:<attribute>, header:<name>",
        "java.lang.String | | caller | is not a io.osspost.web.CallerSource",
        "session:user | header:X-Roles | caller-roles | Write it like 'session:...', too",
        "session:user | session: | caller-roles | names no place",
        "container | session:user.roles | caller-roles | which has its own roles"
      })
  void invalidPlaceFailsWithItsNameAndTheFix(
      String caller, String roles, String setting, String message) {
    settings.put("caller", caller);
    if (roles != null) {
      settings.put("caller-roles", roles);
    }
    if (caller.startsWith("header:")) {
      settings.put("caller-secret", SECRET);
    }
    assertFails(setting, message);
  }

  @Test
  void secretWithoutAHeaderFails() {
    settings.put("caller-secret", SECRET);
    assertFails("caller-secret", "Set caller like 'header:X-User'");
  }

  @Test
  void profileWithRolesNeedsThePlaceOfRoles() {
    settings.put("caller", "session:loginUser.loginName");
    settings.put("profiles.reports.roles", "editor");
    assertFails("caller-roles", "profile 'reports' requires one");
    settings.put("caller-roles", "session:loginUser.roles");
    open();
  }

  private void open() {
    UploadSettings.read(settings)
        .open(
            Collaborators.builder()
                .credentials(OssCredentialsProvider.of(OssCredentials.of("LTAIid", "secret")))
                .build())
        .close();
  }

  private void assertFails(String setting, String message) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(this::open)
        .withMessageContaining(message)
        .withMessageNotContaining(SECRET)
        .satisfies(e -> assertThat(e.setting()).isEqualTo(setting));
  }
}
