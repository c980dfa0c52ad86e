package io.osspost.examples.plain;

import io.osspost.credentials.OssCredentials;
import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.object.ObjectKey;
import io.osspost.object.OssBucket;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.sign.ObjectRequest;
import io.osspost.sign.PolicyTemplate;
import io.osspost.sign.PresignedUrl;
import io.osspost.sign.SignatureVersion;
import io.osspost.sign.SignedPolicy;
import io.osspost.sign.UrlSigner;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.spi.TokenVendorType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Signs policies and URLs without profiles, and adds the application's own types of credentials.
 */
public final class Signing {
  private Signing() {}

  /** Returns the fields of a form whose policy the application writes itself. */
  public static Map<String, String> form(OssCredentials credentials, Instant now) {
    PostPolicy policy =
        PostPolicy.builder("examplebucket", now.plusSeconds(600)).size(1, 1 << 20).build();
    PolicyTemplate template = PolicyTemplate.openV4(policy, credentials, "cn-hangzhou", now);
    Condition key = new Condition.Eq("key", "a.png");
    SignedPolicy signed = template.sign(List.of(key));
    return signed.fields();
  }

  /** Returns the URL for one object's download. */
  public static PresignedUrl download(OssCredentials credentials, String key, Instant now) {
    return UrlSigner.of(OssBucket.of("examplebucket", "cn-hangzhou"), SignatureVersion.V4)
        .sign(ObjectRequest.get(new ObjectKey(key)), credentials, now, Duration.ofMinutes(5));
  }

  /** A type of credentials that settings can name. */
  public static final class Vault implements CredentialsType {
    @Override
    public String name() {
      return "vault";
    }

    @Override
    public OssCredentialsProvider open(CredentialsOptions options) {
      return OssCredentialsProvider.of(
          OssCredentials.of(options.required("uri", "Write the path."), "secretOfTheVault"));
    }
  }

  /** A vendor that {@code token.role-arn} opens. */
  public static final class VaultTokens implements TokenVendorType {
    @Override
    public TokenVendor open(
        String roleArn, CredentialsOptions options, OssCredentialsProvider signing) {
      return GrantingServer.vendorOf(signing);
    }
  }
}
