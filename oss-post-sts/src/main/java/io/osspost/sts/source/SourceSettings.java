package io.osspost.sts.source;

import io.osspost.spi.CredentialsOptions;
import java.net.URI;
import java.nio.file.Path;
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
    String arn =
        settings
            .text("role-arn")
            .or(() -> variable("OSS_STS_ROLE_ARN"))
            .or(() -> variable("ALIBABA_CLOUD_ROLE_ARN"))
            .orElseGet(
                () ->
                    settings.required(
                        "role-arn", "Write the ARN of the role, or set OSS_STS_ROLE_ARN."));
    RoleSession role = atEndpoint(RoleSession.of(arn));
    Optional<String> session =
        settings.text("session-name").or(() -> variable("ALIBABA_CLOUD_ROLE_SESSION_NAME"));
    role = session.isPresent() ? role.named(session.get()) : role;
    role =
        settings.span("duration").isPresent()
            ? role.withDuration(settings.span("duration").get())
            : role;
    Optional<String> externalId = settings.text("external-id");
    return externalId.isPresent() ? role.withExternalId(externalId.get()) : role;
  }

  /** Returns the same role at the configured address of STS. */
  public RoleSession atEndpoint(RoleSession role) {
    return stsEndpoint().map(role::at).orElse(role);
  }

  /**
   * Returns the configured address of STS, otherwise that of the vendor's environment variables.
   * The vendor's SDK ignores {@code ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED} without a region, and so
   * does this method.
   */
  private Optional<String> stsEndpoint() {
    return configuredEndpoint()
        .or(() -> variable("ALIBABA_CLOUD_STS_ENDPOINT"))
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

  private Optional<String> configuredEndpoint() {
    return settings
        .text("sts-endpoint")
        .map(
            text ->
                switch (text) {
                  case "region" -> "sts." + settings.region() + ".aliyuncs.com";
                  case "vpc" -> "sts-vpc." + settings.region() + ".aliyuncs.com";
                  default -> text;
                });
  }

  public CredentialsSource instance() {
    return new InstanceRole(
        settings.text("role-name").or(() -> variable("ALIBABA_CLOUD_ECS_METADATA")),
        settings.flag("metadata-v1"),
        metadata());
  }

  private URI metadata() {
    return settings.text("metadata-endpoint").map(StsEndpoint::parse).orElse(InstanceRole.METADATA);
  }

  public CredentialsSource oidc() {
    String provider =
        value("oidc-provider-arn", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "Write the provider's ARN");
    String file =
        value("oidc-token-file", "ALIBABA_CLOUD_OIDC_TOKEN_FILE", "Write the token's path");
    return new OidcRole(role(), provider, Path.of(file), Optional.empty());
  }

  public CredentialsSource uri() {
    return new CredentialsUri(
        StsEndpoint.url(value("uri", "ALIBABA_CLOUD_CREDENTIALS_URI", "Write the URL")));
  }

  public CredentialsSource cliProfile() {
    return new CliProfile(
        CliProfile.defaultFile(),
        settings.text("profile").or(() -> variable("ALIBABA_CLOUD_PROFILE")),
        configuredEndpoint(),
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
