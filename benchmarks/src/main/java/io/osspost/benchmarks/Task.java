package io.osspost.benchmarks;

import io.osspost.sts.source.Keys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The task of every contender: a form that uploads into {@code uploads/<caller>/}, or a URL that
 * puts one file there, with the same bucket, limits, credentials and clock.
 */
record Task(Keys keys, Clock clock) {
  static final String BUCKET = "examplebucket";
  static final String REGION = "cn-hangzhou";
  static final URI HOST = URI.create("https://examplebucket.oss-cn-hangzhou.aliyuncs.com");
  static final String ROOT = "uploads/";
  static final List<String> CONTENT_TYPES = List.of("image/gif", "image/webp");
  static final String FILE_TYPE = "image/gif";
  static final long MIN_SIZE = 1;
  static final long MAX_SIZE = 10_240_000;
  static final Duration VALIDITY = Duration.ofHours(1);

  /** An AccessKey pair, and a security token or the empty text. */
  record Keys(String id, String secret, String token) {
    static Keys permanent() {
      return new Keys("LTAI5tExampleExampleExam", "exampleSecretExampleSecretExam", "");
    }

    /** Returns credentials with a token of 600 characters, about the length of STS's. */
    static Keys temporary() {
      StringBuilder token = new StringBuilder("CAIS");
      for (int i = 0; token.length() < 600; i++) {
        token.append(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charAt(i * 7 % 64));
      }
      return new Keys(
          "STS.NSExampleExampleExampleE", "exampleSecretExampleSecretExam", token.toString());
    }

    boolean areTemporary() {
      return !token.isEmpty();
    }
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The object of a URL. */
  static String key(String caller) {
    return ROOT + caller + "/holiday.gif";
  }

  static String directory(String caller) {
    return ROOT + caller + "/";
  }
}
