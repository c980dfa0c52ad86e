package io.osspost.spi;

import io.osspost.credentials.OssCredentialsProvider;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings below {@code credentials}, by their last name, such as {@code role-arn}. Every
 * complaint names the setting in full.
 */
public interface CredentialsOptions {
  /**
   * The setting's text.
   *
   * @param name such as {@code role-arn}
   * @return the text; empty when it is not set, or says nothing
   */
  Optional<String> text(String name);

  /**
   * The text of a setting there must be.
   *
   * @param name such as {@code role-arn}
   * @param fix what to write, for whoever did not
   * @return the text, never empty
   */
  String required(String name, String fix);

  /**
   * The setting read as a span of time.
   *
   * @param name such as {@code duration}
   * @return the span; empty when it is not set
   */
  Optional<Duration> span(String name);

  /**
   * The setting read as {@code true} or {@code false}.
   *
   * @param name such as {@code metadata-v1}
   * @return what it says; false when it is not set
   */
  boolean flag(String name);

  /**
   * The region of the bucket.
   *
   * @return such as {@code cn-hangzhou}
   */
  String region();

  /**
   * Opens another type with these same settings, to stand on what it supplies.
   *
   * @param type that type's name
   * @return its provider, which the caller closes
   */
  OssCredentialsProvider open(String type);
}
