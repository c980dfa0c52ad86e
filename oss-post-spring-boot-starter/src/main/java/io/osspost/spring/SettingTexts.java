package io.osspost.spring;

import io.osspost.credentials.OssCredentials;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

/**
 * Converts the properties that are set to texts, by core's names for them: those of the records'
 * components, with dashes.
 */
final class SettingTexts {
  private static final String PROFILES = "profiles.";

  private final Map<String, String> texts = new LinkedHashMap<>();

  private SettingTexts() {}

  static SettingTexts of(OssPostProperties properties) {
    SettingTexts texts = new SettingTexts();
    texts.putAll("", properties);
    texts.texts.keySet().removeIf(name -> name.startsWith("emulator."));
    texts.joinProfiles(properties.profiles().keySet());
    return texts;
  }

  /**
   * Joins a profile whose name has dashes with the one that Spring reads from environment
   * variables, whose names cannot have dashes. The variables take precedence, as everywhere.
   */
  private void joinProfiles(Set<String> names) {
    for (String dashed : names) {
      String bare = dashed.replace("-", "");
      if (bare.equals(dashed) || !names.contains(bare)) {
        continue;
      }
      String ofVariables = PROFILES + bare + ".";
      for (String name : List.copyOf(texts.keySet())) {
        if (name.startsWith(ofVariables)) {
          String joined = PROFILES + dashed + "." + name.substring(ofVariables.length());
          texts.put(joined, Objects.requireNonNull(texts.remove(name)));
        }
      }
    }
  }

  Map<String, String> byName() {
    return texts;
  }

  /**
   * Replaces every setting that would lead to another OSS: credentials, addresses and roles. A
   * callback URL in the properties is kept.
   */
  void connect(OssPostConnectionDetails details) {
    OssCredentials keys = details.credentials();
    texts.put("bucket", details.bucket());
    texts.put("region", details.region());
    texts.put("endpoint", details.endpoint().toString());
    texts.remove("server-endpoint");
    texts.keySet().removeIf(name -> name.startsWith("credentials."));
    texts.put("credentials.type", "static");
    texts.put("credentials.access-key-id", keys.accessKeyId());
    texts.put("credentials.access-key-secret", keys.accessKeySecret());
    replace("credentials.security-token", keys.securityToken());
    replace("credentials.sts-endpoint", details.stsEndpoint().filter(url -> grantsTokens()));
    replace("token.role-arn", details.tokenRoleArn().filter(role -> grantsTokens()));
    replace("callback.public-key", details.callbackPublicKey());
    connectProfiles(details);
    if (!texts.containsKey("callback.url")) {
      replace("callback.url", details.callbackUrl());
      if (details.callbackUrl().isPresent()) {
        texts.put("callback.optional", "true");
      }
      texts.remove("callback.public-path");
    }
  }

  /** Leads the buckets of profiles to the same address, where they have the same region. */
  private void connectProfiles(OssPostConnectionDetails details) {
    texts
        .keySet()
        .removeIf(name -> name.matches("profiles\\.[^.]+\\.(region|endpoint|public-url)"));
    for (String name : List.copyOf(texts.keySet())) {
      if (name.matches("profiles\\.[^.]+\\.bucket")) {
        String profile = name.substring(0, name.lastIndexOf('.'));
        texts.put(profile + ".endpoint", details.endpoint().toString());
      }
    }
  }

  private boolean grantsTokens() {
    return texts.entrySet().stream()
        .anyMatch(
            setting ->
                setting.getKey().matches("profiles\\.[^.]+\\.grants")
                    && setting.getValue().contains("token"));
  }

  private void replace(String name, Optional<?> value) {
    texts.remove(name);
    value.ifPresent(present -> texts.put(name, present.toString()));
  }

  private void putAll(String prefix, Record properties) {
    for (RecordComponent component : properties.getClass().getRecordComponents()) {
      put(
          prefix + DataObjectPropertyName.toDashedForm(component.getName()),
          ReflectionUtils.invokeMethod(component.getAccessor(), properties));
    }
  }

  private void put(String name, @Nullable Object value) {
    if (value instanceof Record properties) {
      putAll(name + ".", properties);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> put(name + "." + key, each));
    } else if (value instanceof Collection<?> list) {
      if (!list.isEmpty()) {
        texts.put(name, list.stream().map(SettingTexts::text).collect(Collectors.joining(",")));
      }
    } else if (value != null) {
      texts.put(name, text(value));
    }
  }

  private static String text(Object value) {
    if (value instanceof DataSize size) {
      return Long.toString(size.toBytes());
    }
    return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString();
  }
}
