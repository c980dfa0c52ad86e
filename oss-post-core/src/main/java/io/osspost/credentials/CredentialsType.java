package io.osspost.credentials;

import java.time.Duration;
import java.util.Optional;

/**
 * One way to come by credentials, which settings choose by its name. Found as a service: a jar that
 * brings one lists it in {@code META-INF/services}.
 */
public interface CredentialsType {
  /** What {@code credentials.type} says to choose it, in lower case. */
  String name();

  /**
   * Opens what the settings describe. Asks nobody yet: a world that does not answer must not keep a
   * server from starting.
   *
   * @throws IllegalArgumentException when the settings contradict each other
   */
  OssCredentialsProvider open(Settings settings);

  /**
   * The settings below {@code credentials}, by their last name, such as {@code role-arn}. Every
   * complaint names the setting in full.
   */
  interface Settings {
    /** The setting's text; empty when it is not set, or says nothing. */
    Optional<String> text(String name);

    /** The setting's text; when there is none, {@code fix} says what to write. */
    String required(String name, String fix);

    /** The setting read as a span of time. */
    Optional<Duration> span(String name);

    /** The setting read as {@code true} or {@code false}. */
    boolean flag(String name);

    /** The region of the bucket, such as {@code cn-hangzhou}. */
    String region();

    /** Opens another type with these same settings, to stand on what it supplies. */
    OssCredentialsProvider open(String type);
  }
}
