package io.osspost.web;

import static io.osspost.web.EndpointFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.MemoryLedger;
import io.osspost.ledger.StoreUnavailableException;
import io.osspost.ledger.UploadLedger;
import io.osspost.settings.Collaborators;
import io.osspost.settings.UploadSettings;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The member of a grant that asks the page to confirm its upload. */
class AskedConfirmationTest {
  private static final String FORM = "/get_post_signature_for_oss_upload";
  private static final String PUT = "/get_presigned_url_for_oss_upload";

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "bucket", "examplebucket",
              "region", "cn-hangzhou",
              "profiles.default.grants", "post, put, multipart",
              "profiles.default.formats", "form, legacy, text",
              "callback.optional", "true"));

  @Test
  void listenerAsksForConfirmation() {
    JsonNode grant = json(granted(listening(), FORM, "filename", "a.png"));
    assertThat(grant.get("confirm").isBoolean()).isTrue();
    assertThat(grant.get("confirm").asBoolean()).isTrue();
    assertThat(grant.has("ticket")).isTrue();
    assertThat(asked(listening(), PUT, "filename", "a.png")).isTrue();
  }

  @Test
  void ledgerAsksForConfirmationThatMayFail() {
    Collaborators.Builder recorded = Collaborators.builder().ledger(new MemoryLedger());
    assertThat(asked(recorded, FORM, "filename", "a.png")).isTrue();
    assertThat(asked(recorded, PUT, "filename", "a.png")).isTrue();
    JsonNode grant =
        json(granted(recorded.uploadListener(uploaded -> {}), FORM, "filename", "a.png"));
    assertThat(grant.get("confirm").asText()).isEqualTo("optional");
  }

  @Test
  void confirmationOfAGrantThatCouldNotBeRecordedMustSucceed() {
    UploadLedger failing =
        (UploadLedger)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {UploadLedger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("observed")) {
                    return proxy;
                  }
                  throw new StoreUnavailableException(
                      "The database is down.", new IOException("refused"));
                });
    settings.put("ledger.required", "false");
    JsonNode grant =
        json(granted(Collaborators.builder().ledger(failing), FORM, "filename", "a.png"));
    assertThat(grant.get("confirm").isBoolean()).isTrue();
  }

  @Test
  void retryAsksForConfirmationToo() {
    Collaborators.Builder listening = listening();
    settings.put("callback.ticket-secret", "0123456789abcdef0123456789abcdef");
    String ticket = json(granted(listening, FORM, "filename", "a.png")).get("ticket").asText();
    assertThat(asked(listening, FORM, "filename", "a.png", "retry", ticket)).isTrue();
  }

  @Test
  void withoutListenerAndLedgerNoConfirmationIsNeeded() {
    assertThat(asked(Collaborators.builder(), FORM, "filename", "a.png")).isFalse();
    assertThat(asked(Collaborators.builder(), PUT, "filename", "a.png")).isFalse();
  }

  @Test
  void callbackOfTheGrantReplacesTheConfirmation() {
    settings.put("callback.url", "https://app.example/oss_upload_callback");
    assertThat(asked(listening(), FORM, "filename", "a.png")).isFalse();
    assertThat(asked(listening(), PUT, "filename", "a.png")).isFalse();
  }

  @Test
  void grantWithoutCallbackIsConfirmedBesideOthersWithOne() {
    settings.put("callback.url", "https://app.example/oss_upload_callback");
    settings.put("pin", "documented");
    assertThat(asked(listening(), FORM, "filename", "a.png")).isTrue();
    assertThat(asked(listening(), PUT, "filename", "a.png")).isFalse();
  }

  @Test
  void confirmationIsNotAskedForIfItIsNotOffered() {
    settings.put("callback.confirm", "off");
    assertThat(asked(listening(), FORM, "filename", "a.png")).isFalse();
    settings.put("callback.confirm", "required");
    assertThat(asked(listening(), FORM, "filename", "a.png")).isTrue();
    settings.remove("callback.confirm");
    settings.put("mark", "false");
    settings.put("profiles.default.grants", "post, put");
    assertThat(asked(listening(), FORM, "filename", "a.png")).isFalse();
  }

  @Test
  void silentProfileIsNotConfirmed() {
    settings.put("profiles.silent.callback", "false");
    assertThat(asked(listening(), FORM, "filename", "a.png", "profile", "silent")).isFalse();
    assertThat(asked(listening(), FORM, "filename", "a.png", "profile", "default")).isTrue();
  }

  @Test
  void onlyExactGrantsOfFormatFormAsk() {
    assertThat(asked(listening(), FORM)).isFalse();
    assertThat(asked(listening(), FORM, "filename", "a.png", "format", "legacy")).isFalse();
    WebResponse text = granted(listening(), PUT, "filename", "a.png", "format", "text");
    assertThat(new String(text.body(), StandardCharsets.US_ASCII))
        .startsWith("https://")
        .doesNotContain("confirm");
  }

  private static Collaborators.Builder listening() {
    return Collaborators.builder().uploadListener(uploaded -> {});
  }

  private boolean asked(Collaborators.Builder brought, String path, String... parameters) {
    return json(granted(brought, path, parameters)).has("confirm");
  }

  private WebResponse granted(Collaborators.Builder brought, String path, String... parameters) {
    OssCredentials key = OssCredentials.of("LTAI5tExampleKeyId12", "secret");
    brought.credentials(OssCredentialsProvider.of(key));
    try (UploadEndpoints endpoints = UploadSettings.read(settings).open(brought.build())) {
      FakeRequest request =
          new FakeRequest("GET", path).principal("alice").header("X-Requested-With", "fetch");
      for (int i = 0; i < parameters.length; i += 2) {
        request.parameter(parameters[i], parameters[i + 1]);
      }
      WebResponse response = request.answeredBy(endpoints);
      assertThat(response.status()).isEqualTo(200);
      return response;
    }
  }
}
