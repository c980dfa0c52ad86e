package io.osspost.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The conditions and the expiration of one browser form. Immutable and thread-safe.
 *
 * <p>OSS compares every {@linkplain Condition condition} with the form fields that it receives, and
 * rejects the upload if one is not met. Signing adds the conditions that a signature itself needs
 * (version, credential, date, security token).
 */
public final class PostPolicy {
  private static final Set<String> ADDED_BY_SIGNING =
      Set.of(
          "x-oss-signature-version",
          "x-oss-credential",
          "x-oss-date",
          "x-oss-security-token",
          "x-oss-signature",
          "policy");

  private static final int MAX_NAME_BYTES = 8 << 10;
  private static final int MAX_VALUE_BYTES = 2 << 20;
  private static final int MAX_FORM_BYTES = 8 << 20;

  private final Instant expiration;
  private final List<Condition> conditions;

  private PostPolicy(Builder builder) {
    this.expiration = builder.expiration;
    this.conditions = List.copyOf(builder.conditions);
  }

  /**
   * Returns a builder of a policy for {@code bucket} that expires at {@code expiration}.
   *
   * @param bucket the bucket's name
   * @param expiration when OSS stops accepting the policy, to the millisecond
   * @return a builder whose policy has only a condition on the bucket
   */
  public static Builder builder(String bucket, Instant expiration) {
    return new Builder(bucket, expiration);
  }

  /** {@return when the policy expires, to the millisecond} */
  public Instant expiration() {
    return expiration;
  }

  /** {@return the conditions in the order they were added; the bucket comes first} */
  public List<Condition> conditions() {
    return conditions;
  }

  /** Collects conditions in the order they are added. Not thread-safe. */
  public static final class Builder {
    private final Instant expiration;
    private final List<Condition> conditions = new ArrayList<>();
    private final Map<String, List<Condition>> byField = new HashMap<>();
    private long valueBytes;

    private Builder(String bucket, Instant expiration) {
      this.expiration = Objects.requireNonNull(expiration, "expiration");
      conditions.add(new Condition.Eq("bucket", bucket));
    }

    /**
     * Allows exactly the object {@code key}.
     *
     * @param key the object's full name
     * @return this builder
     */
    public Builder key(String key) {
      return require(new Condition.Eq("key", key));
    }

    /**
     * Keeps uploads inside {@code prefix}, which must end with a slash.
     *
     * @param prefix a directory in the bucket, such as {@code uploads/}
     * @return this builder
     * @throws IllegalArgumentException if {@code prefix} does not end with a slash
     */
    public Builder keyUnder(String prefix) {
      if (!prefix.endsWith("/")) {
        throw new IllegalArgumentException(
            "Key prefix '"
                + prefix
                + "' also matches '"
                + prefix
                + "-other/...'. End it with a slash: '"
                + prefix
                + "/'.");
      }
      return require(new Condition.StartsWith("key", prefix));
    }

    /**
     * Limits the file's size in bytes, both ends included.
     *
     * @param min the minimum, 0 or more
     * @param max the maximum
     * @return this builder
     */
    public Builder size(long min, long max) {
      return require(new Condition.ContentLengthRange(min, max));
    }

    /**
     * Adds any condition except those of the bucket and the signature, which are added
     * automatically.
     *
     * @param condition a test that contradicts no earlier one
     * @return this builder
     * @throws IllegalArgumentException if no form could meet it together with the earlier
     *     conditions, or OSS would reject every form that does
     */
    public Builder require(Condition condition) {
      String field = fieldOf(condition).toLowerCase(Locale.ROOT);
      if (ADDED_BY_SIGNING.contains(field)) {
        throw new IllegalArgumentException(
            "Field '" + field + "' belongs to the signature. Remove it: signing adds it.");
      }
      if (field.equals("bucket")) {
        throw new IllegalArgumentException(
            "The builder already has a condition on the bucket. Remove this one.");
      }
      requireRoom(field, condition);
      List<Condition> onField = byField.computeIfAbsent(field, name -> new ArrayList<>());
      onField.add(condition);
      if (condition instanceof Condition.ContentLengthRange
          ? onField.size() > 1
          : Contradiction.in(onField)) {
        onField.remove(onField.size() - 1);
        throw new IllegalArgumentException(
            condition instanceof Condition.ContentLengthRange
                ? "The size is limited twice, which OSS may reject. Limit it once."
                : "No value of field '"
                    + field
                    + "' could meet this condition and the earlier ones on it. Remove one.");
      }
      conditions.add(condition);
      return this;
    }

    /**
     * Checks the maximum size of the fields before the file. Source: OSS error pages EC
     * 0006-00000110 to 112.
     */
    private void requireRoom(String field, Condition condition) {
      if (field.getBytes(UTF_8).length > MAX_NAME_BYTES) {
        throw new IllegalArgumentException(
            "This name of a form field is longer than the 8 KB that OSS accepts. Shorten it.");
      }
      if (condition instanceof Condition.Eq eq) {
        int bytes = eq.value().getBytes(UTF_8).length;
        if (bytes > MAX_VALUE_BYTES) {
          throw new IllegalArgumentException(
              "OSS accepts form fields up to 2 MB, but '"
                  + field
                  + "' would have "
                  + bytes
                  + " bytes. Shorten it.");
        }
        if (valueBytes + bytes > MAX_FORM_BYTES) {
          throw new IllegalArgumentException(
              "OSS accepts 8 MB of form fields before the file, and with '"
                  + field
                  + "' there would be more. Set fewer or shorter fields.");
        }
        valueBytes += bytes;
      }
    }

    /**
     * Adds every one of {@code conditions}.
     *
     * @param conditions tests to {@link #require}, in order
     * @return this builder
     */
    public Builder requireAll(List<Condition> conditions) {
      conditions.forEach(this::require);
      return this;
    }

    /** {@return the policy with the conditions collected so far} */
    public PostPolicy build() {
      return new PostPolicy(this);
    }

    private static String fieldOf(Condition condition) {
      if (condition instanceof Condition.Eq eq) {
        return eq.field();
      }
      if (condition instanceof Condition.StartsWith startsWith) {
        return startsWith.field();
      }
      if (condition instanceof Condition.In in) {
        return in.field();
      }
      if (condition instanceof Condition.NotIn notIn) {
        return notIn.field();
      }
      return "content-length-range";
    }
  }
}
