package io.osspost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osspost.ledger.StoreUnavailableException;
import io.osspost.profile.Caller;
import io.osspost.spi.SharedRates;
import io.osspost.testsupport.LoggedLines;
import io.osspost.web.UploadEndpoints;
import io.osspost.web.WebRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rates of callers, as settings open them. */
class RateSettingsTest {
  private static final String GRANT = "/get_post_signature_for_oss_upload";
  private static final String LIMITS = "/get_upload_limits";

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "bucket", "examplebucket",
              "region", "cn-hangzhou",
              "credentials.type", "static",
              "credentials.access-key-id", "LTAI5tExampleKeyId12",
              "credentials.access-key-secret", "topsecret"));

  @Test
  void eachCallerHasItsOwnRateOfGrants() {
    settings.put("rates.grants", "2/1h");
    try (UploadEndpoints endpoints = open()) {
      assertThat(statuses(endpoints, GRANT, "alice", "alice", "alice", "bob"))
          .containsExactly(200, 200, 429, 200);
      assertThat(statuses(endpoints, LIMITS, "alice", "alice", "alice"))
          .containsExactly(200, 200, 200);
    }
  }

  @Test
  void otherRequestsHaveARateOfTheirOwn() {
    settings.put("rates.steps", "1/1h");
    try (UploadEndpoints endpoints = open()) {
      assertThat(statuses(endpoints, GRANT, "alice", "alice", "alice"))
          .containsExactly(200, 200, 200);
      assertThat(statuses(endpoints, LIMITS, "alice", "alice", "bob"))
          .containsExactly(200, 429, 200);
    }
  }

  @Test
  void anonymousCallersAreToldApartByTheirNetwork() {
    settings.put("rates.grants", "1/1h");
    settings.put("allow-anonymous", "true");
    try (UploadEndpoints endpoints = open()) {
      assertThat(
              statuses(
                  endpoints,
                  GRANT,
                  "@203.0.113.7",
                  "@203.0.113.7",
                  "@203.0.113.8",
                  "@2001:db8:1:2:3:4:5:6",
                  "@2001:db8:1:2::9%eth0",
                  "@2001:db8:1:3::9",
                  "@",
                  "@"))
          .containsExactly(200, 429, 200, 200, 429, 200, 200, 429);
    }
  }

  @Test
  void ownLimitAndRatesContradictEachOther() {
    settings.put("rates.grants", "60/1m");
    Collaborators own = Collaborators.builder().rateLimit(caller -> Duration.ZERO).build();
    assertThatThrownBy(() -> UploadSettings.read(settings).open(own))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("rates.grants")
        .hasMessageContaining("rate-limit")
        .hasMessageContaining("Remove one");
    settings.put("rate-limit", OpeningTest.OncePerMinute.class.getName());
    assertThatThrownBy(() -> UploadSettings.read(settings).open())
        .hasMessageContaining("rates.grants");
  }

  @Test
  void startupTellsTheRatesAndTheirStore() {
    settings.put("rates.grants", "60 / 1m");
    settings.put("rates.steps", "600/1m");
    try (LoggedLines logged = LoggedLines.of(UploadSettings.class.getName())) {
      open().close();
      assertThat(logged.lines())
          .contains(
              "INFO Each caller may send 60/60s grants and 600/60s other requests. They are counted"
                  + " by each server by itself, in memory.");
    }
  }

  @Test
  void wrongRatesAreRejected() {
    for (String wrong : List.of("60", "60/m", "0/1m", "60/0s", "60/2d", "-1/1m", "60/1m/1h")) {
      settings.put("rates.grants", wrong);
      assertThatThrownBy(() -> UploadSettings.read(settings))
          .as(wrong)
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("rates.grants");
    }
  }

  @Test
  void missingStoresAreTold() {
    settings.put("rates.grants", "60/1m");
    settings.put("rates.storage", "jdbc");
    assertThatThrownBy(this::open)
        .hasMessageContaining("rates.storage")
        .hasMessageContaining("jdbc");
    settings.put("rates.storage", "redis");
    assertThatThrownBy(this::open).hasMessageContaining("io.osspost:oss-post-store");
    settings.put("rates.storage", "files");
    assertThatThrownBy(this::open).hasMessageContaining("Write jdbc, redis or memory");
  }

  @Test
  void storeThatDoesNotAnswerIsAReasonToRefuseIfItIsRequired() {
    SharedRates down =
        new SharedRates() {
          @Override
          public Duration take(String key, int requests, Duration period) {
            throw new StoreUnavailableException("Down. Start it.", new IllegalStateException());
          }

          @Override
          public String description() {
            return "a test";
          }
        };
    settings.put("rates.grants", "1/1h");
    assertThat(statuses(with(down), GRANT, "alice", "alice")).containsExactly(200, 429);
    settings.put("rates.required", "true");
    assertThat(statuses(with(down), GRANT, "alice", "alice")).containsExactly(503, 503);
  }

  /** Returns endpoints whose rates are counted by a store of the application. */
  private UploadEndpoints with(SharedRates rates) {
    UploadSettings read = UploadSettings.read(settings);
    UploadEndpoints.Builder builder = UploadEndpoints.builder(read.open().grants());
    read.rates.applyTo(
        builder,
        read.reader,
        Optional.empty(),
        Optional.of(new FakeSharedStore(rates)),
        Collaborators.none(),
        opened -> {});
    return builder.authorizer(RateSettingsTest::caller).build();
  }

  private UploadEndpoints open() {
    return UploadSettings.read(settings)
        .open(Collaborators.builder().authorizer(RateSettingsTest::caller).build());
  }

  private static Caller caller(WebRequest request) {
    return request.principal().map(Caller::named).orElseGet(Caller::anonymous);
  }

  /** Sends one request per caller; a name that begins with {@code @} is an address. */
  private static List<Integer> statuses(UploadEndpoints endpoints, String path, String... callers) {
    return Arrays.stream(callers)
        .map(caller -> endpoints.handle(new GetRequest(path, caller)).orElseThrow().status())
        .toList();
  }

  private record GetRequest(String path, String caller) implements WebRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String rawPath() {
      return path;
    }

    @Override
    public Optional<String> rawQuery() {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public Map<String, List<String>> parameters() {
      return Map.of();
    }

    @Override
    public Optional<String> principal() {
      return caller.startsWith("@") ? Optional.empty() : Optional.of(caller);
    }

    @Override
    public Optional<String> clientAddress() {
      return Optional.of(caller.substring(1)).filter(address -> !address.isEmpty());
    }

    @Override
    public boolean isInRole(String role) {
      return false;
    }
  }
}
