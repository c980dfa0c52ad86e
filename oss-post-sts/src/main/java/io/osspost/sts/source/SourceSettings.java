package io.osspost.sts.source;

import io.osspost.spi.CredentialsOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Creates sources from settings. Missing settings come from environment variables, with the names
 * that the vendor's tools use.
 */
public final class SourceSettings {
  private final CredentialsOptions settings;
  private final Map<String, String> environment;

  public SourceSettings(CredentialsOptions settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** Returns the role of {@code role-arn}. */
  public RoleSession role() {
    RoleSession role =
        atEndpoint(settings.value("role-arn", RoleSession::of).orElseGet(this::roleOfVariables));
    RoleSession named =
        settings
            .value("session-name", role::named)
            .or(() -> variable("ALIBABA_CLOUD_ROLE_SESSION_NAME").map(role::named))
            .orElse(role);
    Optional<Duration> duration = settings.span("duration");
    RoleSession timed =
        duration.isPresent()
            ? settings.value("duration", text -> named.withDuration(duration.get())).orElse(named)
            : named;
    return settings.value("external-id", timed::withExternalId).orElse(timed);
  }

  private RoleSession roleOfVariables() {
    return variable("OSS_STS_ROLE_ARN")
        .or(() -> variable("ALIBABA_CLOUD_ROLE_ARN"))
        .map(RoleSession::of)
        .orElseGet(
            () ->
                RoleSession.of(
                    settings.required(
                        "role-arn", "Write the ARN of the role, or set OSS_STS_ROLE_ARN.")));
  }

  /** Returns the same role at the configured address of STS. */
  public RoleSession atEndpoint(RoleSession role) {
    return settings
        .value("sts-endpoint", text -> role.at(stsHost(text)))
        .or(() -> stsOfVariables().map(role::at))
        .orElse(role);
  }

  /**
   * Returns the address of STS in the vendor's environment variables. The vendor's SDK ignores
   * {@code ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED} without a region, and so does this method.
   */
  private Optional<String> stsOfVariables() {
    return variable("ALIBABA_CLOUD_STS_ENDPOINT")
        .or(
            () ->
                variable("ALIBABA_CLOUD_STS_REGION")
                    .map(region -> stsPrefix() + region + ".aliyuncs.com"));
  }

  private String stsPrefix() {
    return variable("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED").filter(Boolean::parseBoolean).isPresent()
        ? "sts-vpc."
        : "sts.";
  }

  private String stsHost(String text) {
    return switch (text) {
      case "region" -> "sts." + settings.region() + ".aliyuncs.com";
      case "vpc" -> "sts-vpc." + settings.region() + ".aliyuncs.com";
      default -> text;
    };
  }

  public CredentialsSource instance() {
    return new InstanceRole(
        settings.text("role-name").or(() -> variable("ALIBABA_CLOUD_ECS_METADATA")),
        settings.flag("metadata-v1"),
        metadata());
  }

  private URI metadata() {
    return settings.value("metadata-endpoint", StsEndpoint::parse).orElse(InstanceRole.METADATA);
  }

  public CredentialsSource oidc() {
    String provider =
        value("oidc-provider-arn", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "Write the provider's ARN");
    String file =
        value("oidc-token-file", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "Write the token's path");
    return new OidcRole(role(), provider, Path.of(file), Optional.empty());
  }

  public CredentialsSource uri() {
    return settings
        .value("uri", SourceSettings::ofUri)
        .or(() -> variable("ALIBABA_CLOUD_CREDENTIALS_URI").map(SourceSettings::ofUri))
        .orElseGet(
            () ->
                ofUri(
                    settings.required(
                        "uri", "Write the URL, or set ALIBABA_CLOUD_CREDENTIALS_URI.")));
  }

  private static CredentialsUri ofUri(String url) {
    return new CredentialsUri(StsEndpoint.url(url));
  }

  public CredentialsSource cliProfile() {
    return new CliProfile(
        CliProfile.defaultFile(),
        settings.text("profile").or(() -> variable("ALIBABA_CLOUD_PROFILE")),
        settings.value("sts-endpoint", this::stsHost),
        metadata());
  }

  private CredentialsSource credentialsFile() {
    return new CredentialsFile(
        variable("ALIBABA_CLOUD_CREDENTIALS_FILE")
            .map(Path::of)
            .orElseGet(CredentialsFile::defaultFile),
        settings.text("profile").or(() -> variable("ALIBABA_CLOUD_PROFILE")).orElse("default"),
        settings.value("sts-endpoint", this::stsHost).or(this::stsOfVariables),
        metadata());
  }

  /** The order of the vendor's own chain. */
  public CredentialsSource chain() {
    return new SourceChain(
        List.of(
            new NamedKeys(
                "system properties",
                properties(),
                "alibabacloud.accessKeyId",
                "alibabacloud.accessKeySecret",
                "alibabacloud.sessionToken"),
            new NamedKeys(
                "environment",
                environment,
                "OSS_ACCESS_KEY_ID",
                "OSS_ACCESS_KEY_SECRET",
                "OSS_SESSION_TOKEN"),
            new NamedKeys(
                "environment",
                environment,
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                "ALIBABA_CLOUD_SECURITY_TOKEN"),
            new OptionalSource("OIDC role", this::oidc),
            new OptionalSource(
                "CLI profile",
                () -> unlessDisabled("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", cliProfile())),
            new OptionalSource("credentials file", this::credentialsFile),
            new OptionalSource(
                "ECS RAM role",
                () -> unlessDisabled("ALIBABA_CLOUD_ECS_METADATA_DISABLED", instance())),
            new OptionalSource("credentials URI", this::uri)));
  }

  private CredentialsSource unlessDisabled(String name, CredentialsSource source) {
    if (variable(name).filter(Boolean::parseBoolean).isPresent()) {
      throw new IllegalArgumentException(name + " disables it.");
    }
    return source;
  }

  private String value(String setting, String variable, String fix) {
    return settings
        .text(setting)
        .or(() -> variable(variable))
        .orElseGet(() -> settings.required(setting, fix + ", or set " + variable + "."));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Map<String, String> properties() {
    Properties properties = System.getProperties();
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return texts;
  }
}
