package io.osspost.sts;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.credentials.TokenVendor;
import io.osspost.spi.CredentialsOptions;
import io.osspost.spi.CredentialsType;
import io.osspost.spi.TokenVendorType;
import io.osspost.sts.cache.CachedCredentials;
import io.osspost.sts.source.CredentialsSource;
import io.osspost.sts.source.RoleSession;
import io.osspost.sts.source.SourceSettings;
import java.util.function.Function;

/** The services that register this jar's types. */
final class StsTypes {
  private StsTypes() {}

  private static SourceSettings read(CredentialsOptions settings) {
    return new SourceSettings(settings, System.getenv());
  }

  /** The base of all types with one source. */
  abstract static class OfSource implements CredentialsType {
    private final String name;
    private final Function<SourceSettings, CredentialsSource> source;

    OfSource(String name, Function<SourceSettings, CredentialsSource> source) {
      this.name = name;
      this.source = source;
    }

    @Override
    public final String name() {
      return name;
    }

    @Override
    public final OssCredentialsProvider open(CredentialsOptions settings) {
      return CachedCredentials.of(source.apply(read(settings)));
    }
  }

  /** {@code sts}: a role that other credentials assume. */
  public static final class Sts implements CredentialsType {
    @Override
    public String name() {
      return "sts";
    }

    @Override
    public OssCredentialsProvider open(CredentialsOptions settings) {
      StsRole role = StsRole.of(read(settings).role());
      OssCredentialsProvider source =
          settings
              .value("source", type -> open(settings, type))
              .orElseGet(() -> settings.open("env"));
      return role.assumedBy(source);
    }

    private OssCredentialsProvider open(CredentialsOptions settings, String source) {
      if (source.equals(name())) {
        throw new IllegalArgumentException(
            "A role cannot be its own source. Set it to the credentials that assume the role: env,"
                + " static, ecs or oidc.");
      }
      return settings.open(source);
    }
  }

  /** {@code ecs}: the role of the instance. */
  public static final class Ecs extends OfSource {
    public Ecs() {
      super("ecs", SourceSettings::instance);
    }
  }

  /** {@code oidc}: the role of the pod. */
  public static final class Oidc extends OfSource {
    public Oidc() {
      super("oidc", SourceSettings::oidc);
    }
  }

  /** {@code uri}: a service at that address. */
  public static final class Uri extends OfSource {
    public Uri() {
      super("uri", SourceSettings::uri);
    }
  }

  /** {@code cli-profile}: the credentials of the {@code aliyun} command. */
  public static final class Cli extends OfSource {
    public Cli() {
      super("cli-profile", SourceSettings::cliProfile);
    }
  }

  /** {@code chain}: the first source that has credentials. */
  public static final class Chain extends OfSource {
    public Chain() {
      super("chain", SourceSettings::chain);
    }
  }

  /** {@code token.role-arn}: the role of clients' tokens. */
  public static final class Tokens implements TokenVendorType {
    @Override
    public TokenVendor open(
        String roleArn, CredentialsOptions credentials, OssCredentialsProvider signing) {
      return StsRole.of(read(credentials).atEndpoint(RoleSession.of(roleArn))).tokensFor(signing);
    }
  }
}
