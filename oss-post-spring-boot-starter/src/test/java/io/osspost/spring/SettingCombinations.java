package io.osspost.spring;

import static io.osspost.spring.SettingMistakes.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings that are right one by one, and wrong together or in their meaning. */
final class SettingCombinations {
  private final List<SettingMistake> mistakes = new ArrayList<>();

  private SettingCombinations() {}

  static List<SettingMistake> all() {
    SettingCombinations all = new SettingCombinations();
    all.addresses();
    all.credentials();
    all.callers();
    all.callbacks();
    all.limits();
    all.grants();
    all.objects();
    all.withoutEffect();
    return all.mistakes;
  }

  private void addresses() {
    wrong("region", "oss-cn-hangzhou");
    wrong("region", "cn-hangzou");
    wrong("region", "Hangzhou");
    wrong("region", "https://oss-cn-hangzhou.aliyuncs.com");
    wrong("bucket", "Example_Bucket");
    wrong("bucket", "examplebucket.oss-cn-hangzhou.aliyuncs.com");
    wrong("bucket", "\"examplebucket\"");
    wrong("endpoint", "https://otherbucket.oss-cn-hangzhou.aliyuncs.com");
    wrong("endpoint", "https://oss-cn-beijing.aliyuncs.com");
    wrong("endpoint", "https://oss-cn-hangzhou-internal.aliyuncs.com");
    wrong("endpoint", "https://oss-cn-hangzhou.aliyuncs.com/examplebucket");
    wrong("endpoint", "oss-cn-hangzhou.aliyuncs.com:99999");
    wrong("endpoint", "https://oss-cn-x.cloud.example.com");
    wrong("endpoint", "http://oss-cn-hangzhou.aliyuncs.com");
    wrong("endpoint", "http://files.example.com");
    wrong("server-endpoint", "https://oss-cn-beijing.aliyuncs.com");
    wrong("profiles.avatars.region", "cn-hangzou", "profiles.avatars.bucket", "otherbucket");
    wrong("profiles.avatars.endpoint", "https://oss-cn-beijing.aliyuncs.com");
    wrong("profiles.avatars.endpoint", "http://files.example.com");
    wrong("path-prefix", "api");
    wrong("path-prefix", "https://www.example.com/api");
    wrong("cors.allowed-origins", "*");
    wrong("cors.allowed-origins", "null");
    wrong("cors.allowed-origins", "https://*");
    wrong("cors.allowed-origins", "www.example.com");
    wrong("cors.allowed-origins", "https://www.example.com/page");
  }

  private void credentials() {
    wrong("credentials.access-key-id", "LTAIid", "credentials.type", "env");
    wrong("credentials.access-key-secret", "", "credentials.access-key-secret", "");
    wrong("credentials.access-key-id", "<your-access-key-id>");
    wrong("credentials.access-key-id", "Kx7" + "QmZp4Tn8VbR2wLc6YsHd9JfGa1Ue");
    wrong("credentials.access-key-secret", "\"" + Starter.SECRET + "\"");
    wrong("credentials.role-arn", "acs:ram::1234567890123456:role/signer");
    wrong("credentials.role-name", "uploads");
    key("sts", "credentials.role-arn", "signer");
    key("sts", "credentials.role-arn", "arn:aws:iam::123456789012:role/signer");
    key("sts", "credentials.duration", "1m", "credentials.role-arn", ROLE);
    key("sts", "credentials.duration", "24h", "credentials.role-arn", ROLE);
    key("sts", "credentials.sts-endpoint", "http://sts.example.com", "credentials.role-arn", ROLE);
    key("sts", "credentials.source", "missing", "credentials.role-arn", ROLE);
    key("sts", "credentials.role-name", "uploads", "credentials.role-arn", ROLE);
    key("ecs", "credentials.role-arn", ROLE);
    key("ecs", "credentials.metadata-endpoint", "http://metadata.example.com");
    key("uri", "credentials.uri", "http://credentials.example.com/keys");
    key("uri", "credentials.uri", "credentials");
    key(
        "oidc",
        "credentials.role-arn",
        "signer",
        "credentials.oidc-provider-arn",
        "acs:ram::1234567890123456:oidc-provider/ack",
        "credentials.oidc-token-file",
        "/var/run/token");
    key("chain", "credentials.access-key-id", "LTAIid");
    wrong(
        "token.role-arn",
        "uploader",
        "profiles.avatars.grants",
        "token",
        "profiles.avatars.dir",
        "uploads/");
  }

  private static final String ROLE = "acs:ram::1234567890123456:role/signer";

  private void callers() {
    wrong("profiles.avatars.roles", "EDITOR");
    wrong("profiles.avatars.dir", "uploads/{principal}/");
    wrong("profiles.avatars.dir", "uploads/{user}/");
    wrong("profiles.avatars.dir", "/uploads/");
    wrong("profiles.avatars.dir", "uploads/", "profiles.avatars.whole-bucket", "true");
    wrong("profiles.avatars.dir", "", "profiles.avatars.grants", "token", "token.role-arn", ROLE);
  }

  private void callbacks() {
    wrong("callback.url", "http://localhost:8080/oss_upload_callback");
    wrong("callback.url", "http://10.0.0.7/oss_upload_callback");
    wrong("callback.url", "http://192.168.1.2:8080/oss_upload_callback");
    wrong("callback.url", "http://app/oss_upload_callback");
    wrong("callback.url", "/oss_upload_callback");
    wrong("callback.url", "https://www.example.com/");
    wrong("callback.url", "https://www.example.com/oss_upload_calback");
    wrong("callback.url", CALLBACK, "path-prefix", "/api");
    wrong("callback.ticket-secret", "secret", "callback.url", CALLBACK);
    wrong("callback.public-key", "MFww", "callback.url", CALLBACK);
    wrong("callback.public-path", "oss_upload_callback", "callback.url", CALLBACK);
    wrong("callback.confirm", "required", "callback.url", CALLBACK, "mark", "false");
    wrong("profiles.avatars.formats", "v4", "callback.url", CALLBACK);
    wrong("profiles.avatars.pin", "documented", "callback.url", CALLBACK);
  }

  private static final String CALLBACK = "https://www.example.com/oss_upload_callback";

  private void limits() {
    wrong("profiles.avatars.max-size", "6GB");
    wrong("profiles.avatars.max-size", "0");
    wrong("profiles.avatars.min-size", "20MB", "profiles.avatars.max-size", "10MB");
    wrong("profiles.avatars.validity", "8d");
    wrong("profiles.avatars.validity", "0s");
    wrong("profiles.avatars.max-size", "2GB", "profiles.avatars.validity", "1m");
    wrong("profiles.avatars.content-types", "jpg");
    wrong("profiles.avatars.content-types", ".png");
    wrong("profiles.avatars.content-types", "image/png; image/jpeg");
    wrong("profiles.avatars.content-types", "image");
    wrong("profiles.avatars.content-types", "immage/png, img/*");
    wrong("profiles.avatars.storage-class", "Cold");
    wrong("profiles.avatars.acl", "publicread");
    wrong("profiles.avatars.success-status", "302");
    wrong("profiles.avatars.success-redirect", "https://www.example.com/thanks");
  }

  private void grants() {
    wrong("profiles.avatars.formats", "text");
    wrong("profiles.avatars.formats", "v4", "profiles.avatars.grants", "put");
    wrong("profiles.avatars.formats", "v4; v1");
    wrong("profiles.avatars.grants", "post put");
    wrong("profiles.avatars.grants", "token", "profiles.avatars.dir", "uploads/{uuid}/");
    wrong("profiles.avatars.grants", "token", "profiles.avatars.dir", "uploads/");
    wrong("profiles.avatars.token-multipart", "true");
    wrong("profiles.avatars.sign-length", "true");
    wrong(
        "profiles.avatars.sign-length",
        "true",
        "profiles.avatars.grants",
        "put",
        "signature-version",
        "v1");
    wrong("multipart.life", "8d", "profiles.avatars.grants", "multipart");
    wrong("store.type", "redis");
    wrong("store.create-schema", "true");
    wrong("rates.grants", "60");
    wrong("rates.grants", "0/1m");
    wrong("rates.steps", "60/1w");
    wrong("rates.grants", "60/1m", "rates.storage", "jdbc");
    wrong("rates.grants", "60/1m", "rates.storage", "files");
    wrong("rates.required", "true");
    wrong("tenants.endpoints", "https://*.example.com");
    wrong("tenants.cached-profiles", "0");
    wrong("profiles.avatars.quota", "1GB", "profiles.avatars.require-filename", "true");
    wrong("profiles.avatars.quota", "1GB");
    wrong("profiles.avatars.total-quota", "1GB", "profiles.avatars.grants", "put");
    wrong("profiles.avatars.open-uploads", "5");
    wrong("profiles.avatars.open-uploads", "5", "profiles.avatars.grants", "multipart");
    wrong("profiles.avatars.open-uploads", "0", "profiles.avatars.grants", "multipart");
    wrong("ledger.grace", "1d");
    wrong("ledger.interval", "30s");
    wrong("multipart.part-size", "10KB", "profiles.avatars.grants", "multipart");
    wrong("multipart.url-validity", "1h");
    wrong("mark", "false", "profiles.avatars.grants", "multipart");
    wrong("token.role-arn", ROLE);
  }

  private void objects() {
    wrong("profiles.avatars.acl", "private", "profiles.avatars.formats", "v4");
    wrong("profiles.avatars.storage-class", "IA", "profiles.avatars.formats", "legacy");
    wrong("profiles.avatars.forbid-overwrite", "true", "profiles.avatars.formats", "v1");
    wrong("profiles.avatars.metadata.shelf", "a", "profiles.avatars.formats", "v4");
    wrong("profiles.avatars.success-status", "201", "profiles.avatars.grants", "put");
    wrong("profiles.avatars.acl", "private", "pin", "documented");
    wrong("profiles.avatars.naming", "as-named", "profiles.avatars.dir", "uploads/");
    wrong("naming", "as-named", "profiles.avatars.dir", "uploads/{date}/");
    wrong("naming", "as-named", "profiles.avatars.whole-bucket", "true");
    wrong("profiles.avatars.disposition", "attachment\nX-Evil: 1");
    wrong("profiles.avatars.metadata.my_shelf", "a");
    wrong("profiles.avatars.metadata.shelf", "a\rb");
    wrong("profiles.avatars.metadata.shelf", "合同", "profiles.avatars.grants", "put");
    wrong("profiles.avatars.disposition", "attachment; filename=\"合同.pdf\"");
    wrong("profiles.avatars.region", "cn-beijing");
    wrong("profiles.avatars.cache-control", "no-store\nX-Evil: 1");
    wrong("profiles.avatars.expires", "2027-01-01");
    wrong("profiles.avatars.tagging", "shelf=合同", "profiles.avatars.grants", "put");
    wrong("profiles.avatars.tagging", "shelf=a");
    wrong("profiles.avatars.cache-control", "no-store", "profiles.avatars.formats", "v4");
    wrong("profiles.avatars.public-url", "img.example.com");
    wrong("profiles.avatars.vars", "order, order");
    wrong("profiles.avatars.vars", "a,b,c,d,e,f,g,h,i");
    wrong("profiles.avatars.vars", "order", "profiles.avatars.formats", "wechat");
  }

  private void withoutEffect() {
    wrong("callback.confirm", "required");
    wrong("callback.body-type", "application/x-www-form-urlencoded");
    wrong("callback.public-path", "/oss_upload_callback");
    wrong("callback.optional", "true");
    wrong("credentials.duration", "2h");
    wrong("credentials.profile", "uploads");
  }

  /** Adds the setting and others; the message may name any of them. */
  private void wrong(String setting, String value, String... others) {
    List<String> named = new ArrayList<>(List.of(setting));
    for (int i = 0; i < others.length; i += 2) {
      named.add(others[i]);
    }
    Map<String, String> settings = with(others);
    if (value.isEmpty()) {
      settings.remove(setting);
    } else {
      settings.put(setting, value);
    }
    mistakes.add(new SettingMistake("combination", settings, named, ""));
  }

  /** Adds a mistake in the credentials of {@code type}; the message must name the setting. */
  private void key(String type, String setting, String value, String... others) {
    Map<String, String> settings = with(others);
    settings.remove("credentials.access-key-id");
    settings.remove("credentials.access-key-secret");
    settings.put("credentials.type", type);
    settings.put(setting, value);
    mistakes.add(new SettingMistake("credentials " + type, settings, List.of(setting), ""));
  }
}
