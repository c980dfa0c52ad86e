package io.osspost.spi;

import io.osspost.credentials.OssCredentialsProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings below {@code credentials}, by the last part of their names, such as {@code
 * role-arn}. Every error contains the setting's full name.
 */
public interface CredentialsOptions {
  /**
   * Returns the setting's text.
   *
   * @param name such as {@code role-arn}
   * @return the text; empty if it is blank or not set
   */
  Optional<String> text(String name);

  /**
   * Returns the parsed setting. If {@code parse} throws an {@link IllegalArgumentException}, the
   * error names the setting.
   *
   * @param name such as {@code role-arn}
   * @param parse reads the text, which is never empty
   * @param <T> the type of the value
   * @return the value; empty if the text is blank or not set
   */
  <T> Optional<T> value(String name, Function<String, T> parse);

  /**
   * Returns the text of a required setting.
   *
   * @param name such as {@code role-arn}
   * @param fix the fix in the error message
   * @return the text, never empty
   */
  String required(String name, String fix);

  /**
   * Returns the setting as a duration.
   *
   * @param name such as {@code duration}
   * @return the duration; empty if it is not set
   */
  Optional<Duration> span(String name);

  /**
   * Returns the setting as {@code true} or {@code false}.
   *
   * @param name such as {@code metadata-v1}
   * @return its value; false if it is not set
   */
  boolean flag(String name);

  /**
   * Returns the region of the bucket.
   *
   * @return such as {@code cn-hangzhou}
   */
  String region();

  /**
   * Opens another type with the same settings, as the source of this one.
   *
   * @param type that type's name
   * @return its provider, which the caller of this method closes
   */
  OssCredentialsProvider open(String type);
}
