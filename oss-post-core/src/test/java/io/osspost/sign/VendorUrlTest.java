package io.osspost.sign;

import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.oss.ClientBuilderConfiguration;
import com.aliyun.oss.HttpMethod;
import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.common.auth.DefaultCredentialProvider;
import com.aliyun.oss.common.comm.SignVersion;
import com.aliyun.oss.model.GeneratePresignedUrlRequest;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import io.osspost.wire.UtcTime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * aliyun-sdk-oss signs the same URLs. That library reads the clock of the machine, so for V4 the
 * test signs at the instant in the library's URL.
 */
class VendorUrlTest {
  private static final OssBucket BUCKET = OssBucket.of("examplebucket", "cn-hangzhou");
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

  /** An address of the bucket, and the setting of the vendor's client for it. */
  private record Place(OssBucket bucket, String endpoint, boolean ownDomain) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(BUCKET, "https://oss-cn-hangzhou.aliyuncs.com", false),
          new Place(BUCKET.internal(), "https://oss-cn-hangzhou-internal.aliyuncs.com", false),
          new Place(BUCKET.accelerate(), "https://oss-accelerate.aliyuncs.com", false),
          own("https://files.example.com", true),
          own("http://localhost:9000", false),
          own("http://127.0.0.1:9000", false));

  @ParameterizedTest
  @CsvSource({"PUT, V4", "PUT, V1", "GET, V4", "GET, V1", "multipart, V4", "multipart, V1"})
  void theVendorsOwnLibrarySignsEveryUrlTheSame(String kind, SignatureVersion version) {
    RequestGenerator generator = new RequestGenerator(20240315);
    for (Place place : PLACES) {
      for (int i = 0; i < 40; i++) {
        ObjectRequest request =
            switch (kind) {
              case "PUT" -> generator.put(version);
              case "GET" -> generator.get(version);
              default -> generator.multipart(version);
            };
        OssCredentials credentials = generator.credentials();
        Duration validity = Duration.ofSeconds(2 + generator.below(604_000));

        SentUrl theirs = SentUrl.read(vendorUrl(place, version, request, credentials, validity));
        SentUrl ours =
            version == SignatureVersion.V4
                ? signedAtTheSameInstant(place, request, credentials, theirs)
                : signedToTheSameEnd(place, request, credentials, theirs, validity);

        assertThat(ours).as("%s as %s", request, credentials).isEqualTo(theirs);
      }
    }
  }

  private static SentUrl signedAtTheSameInstant(
      Place place, ObjectRequest request, OssCredentials credentials, SentUrl theirs) {
    Instant now =
        LocalDateTime.parse(theirs.query().get("x-oss-date"), BASIC).toInstant(ZoneOffset.UTC);
    assertThat(UtcTime.basic(now)).isEqualTo(theirs.query().get("x-oss-date"));
    Duration validity = Duration.ofSeconds(Long.parseLong(theirs.query().get("x-oss-expires")));
    return ours(place, SignatureVersion.V4, request, credentials, now, validity);
  }

  private static SentUrl signedToTheSameEnd(
      Place place,
      ObjectRequest request,
      OssCredentials credentials,
      SentUrl theirs,
      Duration validity) {
    Instant end = Instant.ofEpochSecond(Long.parseLong(theirs.query().get("Expires")));
    return ours(place, SignatureVersion.V1, request, credentials, end.minus(validity), validity);
  }

  private static SentUrl ours(
      Place place,
      SignatureVersion version,
      ObjectRequest request,
      OssCredentials credentials,
      Instant now,
      Duration validity) {
    return SentUrl.read(
        UrlSigner.of(place.bucket, version)
            .sign(request, credentials, now, validity)
            .url()
            .toString());
  }

  private static String vendorUrl(
      Place place,
      SignatureVersion version,
      ObjectRequest request,
      OssCredentials credentials,
      Duration validity) {
    GeneratePresignedUrlRequest theirs =
        new GeneratePresignedUrlRequest(
            BUCKET.name(), request.key().value(), HttpMethod.valueOf(request.method()));
    theirs.setExpiration(Date.from(Instant.now().plus(validity)));
    request.headers().forEach(theirs::addHeader);
    request.headers().keySet().forEach(theirs::addAdditionalHeaderName);
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      // The library omits the equals sign of a null, and signs it with an empty text.
      String value = parameter.getValue().isEmpty() ? null : parameter.getValue();
      theirs.addQueryParameter(parameter.getKey(), value);
    }
    ClientBuilderConfiguration configuration = new ClientBuilderConfiguration();
    configuration.setSignatureVersion(SignVersion.valueOf(version.name()));
    configuration.setSupportCname(place.ownDomain);
    OSS client =
        OSSClientBuilder.create()
            .endpoint(place.endpoint)
            .region(BUCKET.region())
            .credentialsProvider(
                new DefaultCredentialProvider(
                    credentials.accessKeyId(),
                    credentials.accessKeySecret(),
                    credentials.securityToken().orElse(null)))
            .clientConfiguration(configuration)
            .build();
    try {
      return client.generatePresignedUrl(theirs).toString();
    } finally {
      client.shutdown();
    }
  }

  private static Place own(String endpoint, boolean ownDomain) {
    return new Place(BUCKET.at(URI.create(endpoint)), endpoint, ownDomain);
  }
}
