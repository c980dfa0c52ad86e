package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.osspost.credentials.CredentialsUnavailableException;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.ledger.MemoryLedger;
import io.osspost.testsupport.LoggedLines;
import io.osspost.web.UploadEndpoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lines that an operator reads at startup. */
class StartUpTest {
  private final Map<String, String> settings =
      new HashMap<>(Map.of("bucket", "examplebucket", "region", "cn-hangzhou"));
  private final LoggedLines logged = LoggedLines.of(UploadSettings.class.getName());
  private final List<String> lines = logged.lines();

  @AfterEach
  void stop() {
    logged.close();
  }

  @Test
  void oneLineSaysWhereUploadsGoAndWhoSigns() {
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "LTAI5tExampleKeyId12");
    settings.put("credentials.access-key-secret", "topsecret");
    settings.put("profiles.avatars.grants", "post, put");
    settings.put("profiles.photos.grants", "post, put");
    settings.put("profiles.old.formats", "v4, form");
    UploadSettings.read(settings).open().close();
    assertThat(lines)
        .filteredOn(line -> line.contains("Uploads go to"))
        .containsExactly(
            "INFO Uploads go to bucket examplebucket (cn-hangzhou) at"
                + " https://examplebucket.oss-cn-hangzhou.aliyuncs.com. Credentials: static,"
                + " LTAI****Id12. Grants: post form, put form (avatars, photos); post v4/form"
                + " (old). OSS does not call back.");
    assertThat(lines).noneMatch(line -> line.contains("topsecret"));
  }

  @Test
  void tokenThatIsNotReplacedIsWarnedOf() {
    settings.put("credentials.type", "static");
    settings.put("credentials.access-key-id", "STS.NTExampleKeyId12");
    settings.put("credentials.access-key-secret", "topsecret");
    settings.put("credentials.security-token", "CAISexample");
    UploadSettings.read(settings).open().close();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("WARNING"))
        .singleElement()
        .asString()
        .contains("credentials.type is static", "security token", "sts, ecs, oidc")
        .doesNotContain("topsecret", "CAISexample");
  }

  @Test
  void settingsOfPartsWithoutPartsAreWarnedOf() {
    settings.put("multipart.life", "2h");
    open(OssCredentialsProvider.of(OssCredentials.of("LTAI5tExampleKeyId12", "topsecret"))).close();
    assertThat(lines).anyMatch(line -> line.startsWith("WARNING multipart.life has no effect"));
  }

  @Test
  void randomSecretOfPartsIsTold() {
    settings.put("multipart.life", "2h");
    settings.put("profiles.videos.grants", "multipart");
    open(OssCredentialsProvider.of(OssCredentials.of("LTAI5tExampleKeyId12", "topsecret"))).close();
    assertThat(lines)
        .noneMatch(line -> line.contains("no effect"))
        .anyMatch(line -> line.contains("Grants: multipart (videos)"))
        .anyMatch(line -> line.startsWith("INFO callback.ticket-secret is not set: an upload in"));
  }

  @Test
  void permissionsForLooksAreNamedIfTheApplicationHearsOfUploads() {
    open(Collaborators.builder()).close();
    assertThat(lines).noneMatch(line -> line.contains("oss:GetObject"));

    open(Collaborators.builder().uploadListener(uploaded -> {})).close();
    assertThat(lines)
        .containsOnlyOnce(
            "INFO The server looks at uploaded objects, so its credentials need oss:GetObject for"
                + " the directories of the profiles. Without oss:GetObject confirmations of pages"
                + " are answered with 503.");

    lines.clear();
    settings.put("callback.confirm", "off");
    open(Collaborators.builder().uploadListener(uploaded -> {})).close();
    assertThat(lines).noneMatch(line -> line.contains("oss:GetObject"));
  }

  @Test
  void effectOfAMissingPermissionDependsOnTheSettings() {
    settings.put("callback.url", "https://app.example/oss_upload_callback");
    open(Collaborators.builder().uploadListener(uploaded -> {})).close();
    assertThat(lines).anyMatch(line -> line.contains("callbacks are reported unconfirmed, and"));

    lines.clear();
    settings.put("callback.confirm", "required");
    open(Collaborators.builder()).close();
    assertThat(lines)
        .anyMatch(line -> line.endsWith("callbacks and confirmations are answered with 503."));

    lines.clear();
    settings.put("callback.confirm", "auto");
    settings.put("profiles.films.grants", "multipart");
    open(Collaborators.builder().ledger(new MemoryLedger())).close();
    assertThat(lines)
        .filteredOn(line -> line.contains("oss:GetObject"))
        .singleElement()
        .asString()
        .contains(
            "oss:ListParts and oss:AbortMultipartUpload for uploads in parts",
            "callbacks and confirmations are answered with 503, and the sweep reports no upload.");
  }

  @Test
  void namesThatAreNotUsedAreWarnedOf() {
    settings.put("authorizer", OpeningTest.OnlyAlice.class.getName());
    settings.put("principal-names", "names");
    open(OssCredentialsProvider.of(OssCredentials.of("LTAI5tExampleKeyId12", "topsecret"))).close();
    assertThat(lines).anyMatch(line -> line.startsWith("WARNING principal-names has no effect"));
  }

  @Test
  void credentialsOfTheApplicationAreNotCalledTheEnvironments() {
    open(OssCredentialsProvider.of(OssCredentials.of("LTAI5tExampleKeyId12", "topsecret"))).close();
    assertThat(lines)
        .anyMatch(line -> line.contains("Credentials: of the application, LTAI****Id12."));
  }

  @Test
  void credentialsAreFetchedInTheBackground() {
    CountDownLatch answers = new CountDownLatch(1);
    UploadEndpoints endpoints =
        open(
            () -> {
              try {
                answers.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return OssCredentials.of("LTAI5tExampleKeyId12", "topsecret");
            });
    assertThat(lines).anyMatch(line -> line.contains("Credentials: of the application"));
    answers.countDown();
    await()
        .untilAsserted(
            () -> assertThat(lines).contains("INFO Uploads are signed with LTAI****Id12."));
    endpoints.close();
  }

  @Test
  void missingCredentialsAreOneWarning() {
    UploadEndpoints endpoints =
        open(
            () -> {
              throw new CredentialsUnavailableException("There is no role. Attach one.");
            });
    await()
        .untilAsserted(
            () ->
                assertThat(lines)
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .containsExactly(
                        "WARNING No upload can be granted yet. There is no role. Attach one."));
    endpoints.close();
  }

  @Test
  void closingEndsTheFetch() {
    UploadEndpoints endpoints =
        open(
            () -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                throw new CredentialsUnavailableException("interrupted");
              }
              throw new CredentialsUnavailableException("slept");
            });
    endpoints.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("oss-post-start-up"));
  }

  private UploadEndpoints open(Collaborators.Builder brought) {
    OssCredentials key = OssCredentials.of("LTAI5tExampleKeyId12", "topsecret");
    return UploadSettings.read(settings)
        .open(brought.credentials(OssCredentialsProvider.of(key)).build());
  }

  private UploadEndpoints open(OssCredentialsProvider credentials) {
    return UploadSettings.read(settings)
        .open(Collaborators.builder().credentials(credentials).build());
  }
}
