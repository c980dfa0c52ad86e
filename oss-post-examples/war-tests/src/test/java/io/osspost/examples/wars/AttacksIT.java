package io.osspost.examples.wars;

import static org.assertj.core.api.Assertions.assertThat;

import io.osspost.emulator.OssEmulator;
import io.osspost.examples.attacks.AttackContract;
import io.osspost.testsupport.PackagedProgram;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Attacks by a logged-in user of servlet-war. */
class AttacksIT extends AttackContract {
  @Override
  protected PackagedProgram start(OssEmulator oss) throws Exception {
    int port = PackagedProgram.freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("OSS_POST_BUCKET", oss.bucket());
    environment.put("OSS_POST_REGION", oss.region());
    environment.put("OSS_POST_ENDPOINT", oss.endpoint().toString());
    environment.put("OSS_POST_CREDENTIALS_TYPE", "static");
    environment.put("OSS_POST_CREDENTIALS_ACCESS_KEY_ID", oss.accessKeyId());
    environment.put("OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET", oss.accessKeySecret());
    environment.put(
        "OSS_POST_CALLBACK_URL", "http://127.0.0.1:" + port + "/servlet-war/oss_upload_callback");
    environment.put("OSS_POST_CALLBACK_PUBLIC_KEY", oss.callbackPublicKeyPem());
    OPEN.forEach(
        (name, value) ->
            environment.put(
                "OSS_POST_PROFILES_OPEN_" + name.replace('-', '_').toUpperCase(Locale.ROOT),
                value));
    PackagedProgram war = PackagedWar.start("servlet-war", port, environment);
    logIn(URI.create(war.page()));
    return war;
  }

  @Override
  protected PackagedProgram startAlone() throws Exception {
    return PackagedWar.start("servlet-war");
  }

  @Override
  protected PackagedProgram startWith(String id, String secret) throws Exception {
    return PackagedWar.start(
        "servlet-war",
        0,
        Map.of(
            "OSS_POST_BUCKET", "mybucket",
            "OSS_POST_REGION", "cn-hangzhou",
            "OSS_POST_CREDENTIALS_TYPE", "static",
            "OSS_POST_CREDENTIALS_ACCESS_KEY_ID", id,
            "OSS_POST_CREDENTIALS_ACCESS_KEY_SECRET", secret));
  }

  private static void logIn(URI page) throws Exception {
    assertThat(HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body())
        .contains("j_security_check");
    HttpRequest login =
        HttpRequest.newBuilder(page.resolve("j_security_check"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("j_username=alice&j_password=alice"))
            .build();
    assertThat(HTTP.send(login, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
