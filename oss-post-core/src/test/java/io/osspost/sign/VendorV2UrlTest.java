package io.osspost.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.aliyun.sdk.service.oss2.credentials.StaticCredentialsProvider;
import com.aliyun.sdk.service.oss2.signer.Signer;
import com.aliyun.sdk.service.oss2.signer.SignerV1;
import com.aliyun.sdk.service.oss2.signer.SignerV4;
import com.aliyun.sdk.service.oss2.signer.SigningContext;
import com.aliyun.sdk.service.oss2.transport.RequestMessage;
import io.osspost.credentials.OssCredentials;
import io.osspost.object.OssBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The signers of alibabacloud-oss-v2, which accept a given instant, sign the same URLs. */
class VendorV2UrlTest {
  @ParameterizedTest
  @CsvSource({"PUT, V4", "PUT, V1", "GET, V4", "GET, V1", "multipart, V4", "multipart, V1"})
  void theVendorsNewerLibrarySignsEveryUrlTheSame(String kind, SignatureVersion version)
      throws Exception {
    RequestGenerator generator = new RequestGenerator(19700101);
    for (String region : List.of("cn-hangzhou", "us-west-1", "ap-southeast-1")) {
      OssBucket bucket = OssBucket.of("examplebucket", region);
      for (int i = 0; i < 80; i++) {
        ObjectRequest request =
            switch (kind) {
              case "PUT" -> generator.put(version);
              case "GET" -> generator.get(version);
              default -> generator.multipart(version);
            };
        OssCredentials credentials = generator.credentials();
        Instant now =
            Instant.parse("2024-02-28T23:59:59Z").plusSeconds(generator.below(100_000_000));
        Duration validity = Duration.ofSeconds(1 + generator.below(604_800));

        SentUrl ours =
            SentUrl.read(
                UrlSigner.of(bucket, version)
                    .sign(request, credentials, now.plusMillis(generator.below(1000)), validity)
                    .url()
                    .toString());

        assertThat(ours.query())
            .as("%s as %s", request, credentials)
            .isEqualTo(vendorQuery(bucket, version, request, credentials, now, validity));
      }
    }
  }

  private static Map<String, String> vendorQuery(
      OssBucket bucket,
      SignatureVersion version,
      ObjectRequest request,
      OssCredentials credentials,
      Instant now,
      Duration validity)
      throws Exception {
    StringBuilder url = new StringBuilder(bucket.url() + "/key");
    char separator = '?';
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      url.append(separator).append(encode(parameter.getKey()));
      if (!parameter.getValue().isEmpty()) {
        url.append('=').append(encode(parameter.getValue()));
      }
      separator = '&';
    }
    SigningContext context = new SigningContext();
    context.setProduct("oss");
    context.setRegion(bucket.region());
    context.setBucket(bucket.name());
    context.setKey(request.key().value());
    context.setRequest(
        RequestMessage.newBuilder()
            .method(request.method())
            .uri(url.toString())
            .headers(request.headers())
            .build());
    context.setCredentials(
        new StaticCredentialsProvider(
                credentials.accessKeyId(),
                credentials.accessKeySecret(),
                credentials.securityToken().orElse(""))
            .getCredentials());
    context.setSignTime(now);
    context.setExpiration(now.plus(validity));
    context.setAuthMethodQuery(true);
    context.setAdditionalHeaders(new ArrayList<>(request.headers().keySet()));
    // Its V1 signer leaves sub-resources that begin with x-oss- to its caller.
    context.setSubResource(
        request.query().keySet().stream().filter(name -> name.startsWith("x-oss-")).toList());
    Signer signer = version == SignatureVersion.V4 ? new SignerV4() : new SignerV1();
    signer.sign(context);
    return SentUrl.read(context.getRequest().uri().toString()).query();
  }

  /** Encodes every byte, even unnecessarily: the server decodes all of them. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      encoded.append(String.format("%%%02X", b));
    }
    return encoded.toString();
  }
}
