package io.osspost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.object.OssBucket;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.profile.Caller;
import io.osspost.profile.PlannedUpload;
import io.osspost.profile.UploadProfile;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.SignedPolicy;
import io.osspost.wire.Surrogates;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Conditions that are appended to a template are signed as if they had been in the policy from the
 * start, byte for byte. The speed of signing depends on this.
 */
class TemplateLawTest {
  private static final Instant NOW = Instant.parse("2024-11-27T23:59:59Z");
  private static final OssBucket BUCKET = OssBucket.of("examplebucket", "cn-hangzhou");
  private static final OssCredentials KEY = OssCredentials.of("LTAIid", "secret");
  private static final OssCredentials TEMPORARY =
      OssCredentials.temporary("STS.id", "secret", "token+/=");

  @Property
  void appendedConditionsSignLikeInitialOnes(
      @ForAll("conditions") List<Condition> all,
      @ForAll @IntRange(max = 8) int standing,
      @ForAll SignatureVersion version,
      @ForAll boolean token) {
    int split = Math.min(standing, all.size());
    OssCredentials credentials = token ? TEMPORARY : KEY;

    SignedPolicy appended =
        open(version, policy(all.subList(0, split)), credentials)
            .sign(all.subList(split, all.size()));
    SignedPolicy atOnce = open(version, policy(all), credentials).sign();

    assertThat(appended.fields()).isEqualTo(atOnce.fields());
  }

  @Property(tries = 400)
  void grantEqualsItsPolicySignedAtOnce(
      @ForAll PostFormat format,
      @ForAll("planned") PlannedUpload planned,
      @ForAll("principals") String principal,
      @ForAll boolean token)
      throws IOException {
    OssCredentials credentials =
        format == PostFormat.V4 || (format == PostFormat.FORM && token) ? TEMPORARY : KEY;
    UploadGrants grants =
        UploadGrants.builder(BUCKET)
            .credentials(OssCredentialsProvider.of(credentials))
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .profile(
                UploadProfile.builder("default").build(), Set.of(GrantKind.POST), List.of(format))
            .build();

    PostGrant grant = grants.post("default", format, Caller.named(principal), planned);

    Map<String, String> fields = grant.signed().fields();
    PostPolicy policy = read(fields.get("policy"));
    assertThat(open(format.signatureVersion(SignatureVersion.V4), policy, credentials).sign())
        .extracting(SignedPolicy::fields)
        .isEqualTo(fields);
  }

  /** Each condition is on its own field, so that none contradicts another. */
  @Provide
  Arbitrary<List<Condition>> conditions() {
    Arbitrary<String> value = Arbitraries.strings().all().ofMaxLength(12);
    Arbitrary<List<String>> values = value.list().ofMinSize(1).ofMaxSize(3);
    Arbitrary<Function<String, Condition>> condition =
        Arbitraries.oneOf(
            value.map(text -> field -> new Condition.Eq(field, text)),
            value.map(text -> field -> new Condition.StartsWith(field, text)),
            values.map(texts -> field -> new Condition.In(field, texts)),
            values.map(texts -> field -> new Condition.NotIn(field, texts)));
    return condition
        .list()
        .ofMaxSize(8)
        .map(
            list -> {
              List<Condition> named = new ArrayList<>();
              list.forEach(one -> named.add(one.apply("x-oss-meta-ü\"$" + named.size())));
              return named;
            });
  }

  @Provide
  Arbitrary<PlannedUpload> planned() {
    Arbitrary<String> name = Arbitraries.strings().all().ofMaxLength(20).map(stem -> stem + ".png");
    Arbitrary<PlannedUpload> named = name.map(PlannedUpload::of);
    Arbitrary<Long> size = Arbitraries.longs().between(1, 10L << 20);
    return Arbitraries.oneOf(
        Arbitraries.just(PlannedUpload.unnamed()),
        named,
        Combinators.combine(named, size).as((planned, bytes) -> planned.size(bytes)),
        Combinators.combine(named, size)
            .as((planned, bytes) -> planned.size(bytes).type("image/png")));
  }

  @Provide
  Arbitrary<String> principals() {
    return Arbitraries.strings()
        .all()
        .ofMinLength(1)
        .ofMaxLength(60)
        .filter(name -> !Surrogates.anyLone(name) && name.indexOf('\0') < 0);
  }

  private static PostPolicy policy(List<Condition> conditions) {
    return PostPolicy.builder("examplebucket", NOW).requireAll(conditions).build();
  }

  private static PolicyTemplate open(
      SignatureVersion version, PostPolicy policy, OssCredentials credentials) {
    return switch (version) {
      case V4 -> PolicyTemplate.openV4(policy, credentials, "cn-hangzhou", NOW);
      case V1 -> PolicyTemplate.openV1(policy, credentials);
    };
  }

  /** Reads a policy back, without the conditions that signing adds. */
  private static PostPolicy read(String encoded) throws IOException {
    JsonNode json = new ObjectMapper().readTree(Base64.getDecoder().decode(encoded));
    PostPolicy.Builder policy =
        PostPolicy.builder("examplebucket", Instant.parse(json.get("expiration").asText()));
    for (JsonNode condition : json.get("conditions")) {
      if (condition.isArray()) {
        policy.require(condition(condition));
      }
    }
    return policy.build();
  }

  private static Condition condition(JsonNode words) {
    if (words.get(1).isNumber()) {
      return new Condition.ContentLengthRange(words.get(1).asLong(), words.get(2).asLong());
    }
    String field = words.get(1).asText().substring(1);
    return switch (words.get(0).asText()) {
      case "eq" -> new Condition.Eq(field, text(words.get(2)));
      case "starts-with" -> new Condition.StartsWith(field, text(words.get(2)));
      case "in" -> {
        List<String> values = new ArrayList<>();
        words.get(2).forEach(value -> values.add(text(value)));
        yield new Condition.In(field, values);
      }
      default -> throw new AssertionError("No grant has a condition like " + words);
    };
  }

  private static String text(JsonNode value) {
    return value.asText().replace("\\$", "$");
  }
}
