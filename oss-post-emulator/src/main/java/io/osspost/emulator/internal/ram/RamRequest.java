package io.osspost.emulator.internal.ram;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request for permission, as policies evaluate it. Immutable.
 *
 * @param action such as {@code oss:PutObject}
 * @param resource such as {@code acs:oss:cn-hangzhou:1000000000000000:examplebucket/a.png}
 * @param context values of condition keys, such as {@code acs:SourceIp}; missing keys have no value
 */
public record RamRequest(String action, String resource, Map<String, String> context) {
  public RamRequest {
    Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(context);
    context = Collections.unmodifiableMap(ignoringCase);
  }

  Optional<String> value(String conditionKey) {
    return Optional.ofNullable(context.get(conditionKey));
  }
}
