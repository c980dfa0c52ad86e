package io.osspost.sts;

import io.osspost.credentials.CredentialsType;
import io.osspost.credentials.CredentialsType.Settings;
import io.osspost.credentials.OssCredentialsProvider;
import java.util.Map;
import java.util.Optional;

/**
 * What settings can name; the environment fills in what they leave out, as the vendor's tools do.
 */
final class StsTypes {
  private static final Map<String, String> ENVIRONMENT = System.getenv();

  private StsTypes() {}

  /** {@code sts}: a role that other credentials assume. */
  public static final class Sts implements CredentialsType {
    @Override
    public String name() {
      return "sts";
    }

    @Override
    public OssCredentialsProvider open(Settings settings) {
      String source = settings.text("source").orElse("env");
      if (source.equals(name())) {
        throw new IllegalArgumentException(
            "A role cannot be its own source. Write in credentials.source what asks for it: env,"
                + " static, ecs or oidc.");
      }
      return role(settings, ENVIRONMENT).assumedBy(settings.open(source));
    }
  }

  /** The role that settings describe; {@code credentials.role-arn} must be known. */
  static StsRole role(Settings settings, Map<String, String> environment) {
    String arn =
        settings
            .text("role-arn")
            .or(() -> variable(environment, "OSS_STS_ROLE_ARN"))
            .or(() -> variable(environment, "ALIBABA_CLOUD_ROLE_ARN"))
            .orElseGet(
                () ->
                    settings.required(
                        "role-arn", "Write the ARN of the role, or set OSS_STS_ROLE_ARN."));
    return described(StsRole.of(arn), settings, environment);
  }

  /** The same for another role: everything but its ARN. */
  static StsRole described(StsRole role, Settings settings, Map<String, String> environment) {
    StsRole described = role;
    Optional<String> session =
        settings
            .text("session-name")
            .or(() -> variable(environment, "ALIBABA_CLOUD_ROLE_SESSION_NAME"));
    if (session.isPresent()) {
      described = described.sessionName(session.get());
    }
    if (settings.span("duration").isPresent()) {
      described = described.duration(settings.span("duration").get());
    }
    if (settings.text("external-id").isPresent()) {
      described = described.externalId(settings.text("external-id").get());
    }
    Optional<String> endpoint = settings.text("sts-endpoint");
    if (endpoint.isPresent()) {
      described = described.endpoint(endpoint(endpoint.get(), settings.region()));
    }
    return described;
  }

  private static String endpoint(String text, String region) {
    return switch (text) {
      case "region" -> "sts." + region + ".aliyuncs.com";
      case "vpc" -> "sts-vpc." + region + ".aliyuncs.com";
      default -> text;
    };
  }

  static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
