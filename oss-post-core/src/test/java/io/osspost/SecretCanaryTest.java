package io.osspost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osspost.callback.UploadCallbacks;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.settings.InvalidSettingException;
import io.osspost.settings.UploadSettings;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.UrlSigner;
import io.osspost.ticket.CallbackParameter;
import io.osspost.ticket.UploadTickets;
import io.osspost.web.GrantEvent;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import io.osspost.web.WebResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With every logger at its most detailed level, secrets appear nowhere, and tokens only where OSS
 * requires the client to send them.
 */
class SecretCanaryTest {
  private static final Instant NOW = Instant.parse("2024-11-27T12:00:00Z");
  private static final String SECRET = "canarySecret4711";
  private static final String TOKEN = "canaryToken0815";
  private static final String TICKET_SECRET = "canaryTicketSecret0123456789abcdef";

  /** The members of answers that contain the token. A policy has a condition on it. */
  private static final Set<String> CARRY_THE_TOKEN =
      Set.of("security_token", "x-oss-security-token", "SecurityToken", "policy", "url");

  private final List<String> seen = new ArrayList<>();
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("io.osspost");
  private final Handler listener =
      new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord logged) {
          seen.add(formatter.format(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    listener.setLevel(Level.ALL);
    root.addHandler(listener);
    root.setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(listener);
    root.setLevel(Level.INFO);
    ours.setLevel(null);
  }

  @Test
  void secretsNeverAppearAndTokensOnlyInRequiredFields() throws Exception {
    OssCredentials temporary =
        OssCredentials.temporary("STS.id", SECRET, TOKEN, NOW.plusSeconds(900));
    List<OssCredentials> all =
        List.of(
            temporary,
            OssCredentials.of("LTAIid", SECRET),
            OssCredentials.temporary("STS.old", SECRET, TOKEN, NOW.minusSeconds(1)));
    for (OssCredentials credentials : all) {
      for (SignatureVersion version : SignatureVersion.values()) {
        askForEverything(credentials, version, temporary);
        printEverything(credentials, version, temporary);
      }
    }
    readBadSettings();

    assertThat(seen).hasSizeGreaterThan(150);
    assertThat(seen).anyMatch(text -> text.contains("credentials-do-not-fit-page"));
    assertThat(seen).anyMatch(text -> text.contains("Could not sign a grant"));
    for (String canary : List.of(SECRET, TOKEN, TICKET_SECRET, signingKey())) {
      assertThat(seen).noneMatch(text -> text.contains(canary));
    }
  }

  private void askForEverything(
      OssCredentials credentials, SignatureVersion version, OssCredentials vended)
      throws Exception {
    UploadTickets tickets = UploadTickets.withSecret(TICKET_SECRET);
    UploadGrants grants = grants(credentials, version, vended, tickets);
    UploadEndpoints endpoints =
        UploadEndpoints.builder(grants)
            .callbacks(UploadCallbacks.builder(tickets, uploaded -> {}).build())
            .onGrant(this::see)
            .build();
    for (String path : endpoints.paths()) {
      for (String format : List.of("", "form", "v4", "v1", "legacy", "text", "zip")) {
        for (String file : List.of("", "&filename=a.png&size=5&type=image/png", "&size=5")) {
          for (String method : List.of("GET", "POST", "PUT")) {
            for (String profile : List.of("", "&profile=weak")) {
              String query = (format.isEmpty() ? "a=b" : "format=" + format) + file + profile;
              see(endpoints.handle(new Request(method, path, query)).orElseThrow());
            }
          }
        }
      }
    }
  }

  private void printEverything(
      OssCredentials credentials, SignatureVersion version, OssCredentials vended) {
    UploadTickets tickets = UploadTickets.withSecret(TICKET_SECRET);
    OssBucket bucket = OssBucket.of("examplebucket", "cn-hangzhou");
    UploadGrants grants = grants(credentials, version, vended, tickets);
    see(credentials, OssCredentialsProvider.of(credentials), tickets, grants);
    Caller alice = Caller.named("alice");
    PlannedUpload png = PlannedUpload.of("a.png").type("image/png");
    attempt(() -> grants.post("default", PostFormat.FORM, alice, png));
    attempt(() -> grants.post("default", PostFormat.FORM, alice, png).signed());
    attempt(() -> grants.put("default", PutFormat.FORM, alice, png));
    attempt(() -> grants.token("default", alice));
    attempt(() -> grants.link("default", new ObjectKey("a"), Duration.ofDays(1)));
    UrlSigner signer = UrlSigner.of(bucket, version);
    ObjectRequest get = ObjectRequest.get(new ObjectKey("a"));
    attempt(() -> signer.sign(get, credentials, NOW, Duration.ofDays(1)));
    attempt(() -> signer.sign(get, credentials, NOW, Duration.ofDays(8)));
    attempt(() -> OssCredentials.of("id", SECRET + " "));
    attempt(() -> OssCredentials.temporary("id", SECRET, " " + TOKEN));
    attempt(
        () ->
            grants(credentials, version, OssCredentials.of("id", SECRET), tickets)
                .token("default", alice));
  }

  private void readBadSettings() {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "bucket", "examplebucket",
                "region", "cn-hangzhou",
                "credentials.type", "static",
                "credentials.access-key-id", "",
                "credentials.access-key-secret", SECRET,
                "credentials.security-token", TOKEN,
                "callback.url", "https://app.example/cb",
                "callback.ticket-secret", TICKET_SECRET));
    attempt(() -> UploadSettings.read(settings).open());
    settings.put("callback.url", "ftp://x");
    attempt(() -> UploadSettings.read(settings));
    settings.put("access-key-secret", SECRET);
    attempt(() -> UploadSettings.read(settings));
    assertThat(seen).anyMatch(text -> text.contains(InvalidSettingException.class.getName()));
  }

  private static UploadGrants grants(
      OssCredentials credentials,
      SignatureVersion version,
      OssCredentials vended,
      UploadTickets tickets) {
    return UploadGrants.builder(OssBucket.of("examplebucket", "cn-hangzhou"))
        .credentials(OssCredentialsProvider.of(credentials))
        .signatureVersion(version)
        .tickets(tickets)
        .tokens(scope -> vended)
        .callback(
            CallbackParameter.builder(URI.create("https://app.example/cb")).reportUploads().build())
        .clock(Clock.fixed(NOW, ZoneOffset.UTC))
        .profile(
            UploadProfile.builder("weak").callback(false).build(),
            Set.of(GrantKind.values()),
            List.of(PostFormat.V4, PostFormat.V1, PostFormat.LEGACY, PostFormat.FORM),
            List.of(PutFormat.TEXT, PutFormat.FORM))
        .profile(
            UploadProfile.builder("default").build(),
            Set.of(GrantKind.POST, GrantKind.PUT),
            List.of(PostFormat.LEGACY, PostFormat.FORM))
        .build();
  }

  private void attempt(Attempt attempt) {
    try {
      see(attempt.run());
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      seen.add(trace.toString());
    }
  }

  private void see(Object... printed) {
    for (Object object : printed) {
      seen.add(object.toString());
    }
  }

  private void see(GrantEvent event) {
    seen.add(event.toString());
  }

  /** Returns the rest of an answer without the members that must contain the token. */
  private void see(WebResponse answer) throws Exception {
    seen.add(answer.headers().toString());
    String body = new String(answer.body(), UTF_8);
    if (body.startsWith("{")) {
      JsonNode json = new ObjectMapper().readTree(body);
      ((ObjectNode) json).remove(CARRY_THE_TOKEN);
      if (json.has("fields")) {
        ((ObjectNode) json.get("fields")).remove(CARRY_THE_TOKEN);
      }
      if (json.has("Expiration")) {
        ((ObjectNode) json).remove("AccessKeySecret");
      }
      seen.add(json.toString());
    } else {
      assertThat(body).doesNotContain(SECRET, TICKET_SECRET, signingKey());
    }
  }

  /** Derives the key as documented, with the JDK's own MAC. */
  private static String signingKey() throws Exception {
    byte[] key = ("aliyun_v4" + SECRET).getBytes(UTF_8);
    for (String step : List.of("20241127", "cn-hangzhou", "oss", "aliyun_v4_request")) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      key = mac.doFinal(step.getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(key);
  }

  @FunctionalInterface
  private interface Attempt {
    Object run();
  }

  /** A request of alice, with its parameters in the query or in a form. */
  private record Request(String method, String path, String query) implements WebRequest {
    @Override
    public String rawPath() {
      return path;
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.of(query);
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return "{}".getBytes(UTF_8);
    }

    @Override
    public Map<String, List<String>> parameters() {
      return Map.of();
    }

    @Override
    public Optional<String> principal() {
      return Optional.of("alice");
    }

    @Override
    public boolean isInRole(String role) {
      return true;
    }
  }
}
