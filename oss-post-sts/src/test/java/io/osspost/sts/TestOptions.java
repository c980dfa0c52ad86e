package io.osspost.sts;

import io.osspost.credentials.OssCredentialsProvider;
import io.osspost.spi.CredentialsOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Settings of credentials from a map, in region {@code cn-hangzhou}. */
public record TestOptions(Map<String, String> texts) implements CredentialsOptions {
  @Override
  public Optional<String> text(String name) {
    return Optional.ofNullable(texts.get(name)).filter(text -> !text.isEmpty());
  }

  @Override
  public <T> Optional<T> value(String name, Function<String, T> parse) {
    return text(name).map(parse);
  }

  @Override
  public String required(String name, String fix) {
    return text(name).orElseThrow();
  }

  @Override
  public Optional<Duration> span(String name) {
    return text(name).map(Duration::parse);
  }

  @Override
  public boolean flag(String name) {
    return text(name).map(Boolean::parseBoolean).orElse(false);
  }

  @Override
  public String region() {
    return "cn-hangzhou";
  }

  @Override
  public OssCredentialsProvider open(String type) {
    throw new UnsupportedOperationException(type);
  }
}
