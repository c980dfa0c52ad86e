package io.osspost.emulator.internal.post;

import static io.osspost.emulator.rules.EmulatorRule.ABSENT_EMPTY_PREFIX_PASSES;
import static io.osspost.emulator.rules.EmulatorRule.ABSENT_NOT_IN_PASSES;
import static io.osspost.emulator.rules.EmulatorRule.CONDITION_TARGETS_DOCUMENTED;
import static io.osspost.emulator.rules.EmulatorRule.CONDITION_TARGETS_OTHERS_FAIL;
import static io.osspost.emulator.rules.EmulatorRule.CONTENT_TYPE_OF_FIELD;
import static io.osspost.emulator.rules.EmulatorRule.CONTENT_TYPE_OF_PART;
import static io.osspost.emulator.rules.EmulatorRule.SIZE_RANGES_LAST;
import static io.osspost.emulator.rules.EmulatorRule.TOKEN_CONDITION_REQUIRED;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.text.DurationText;
import io.osspost.emulator.rules.EmulatorRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a form with its policy, condition by condition, and reports the first failure. */
final class PolicyCheck {
  private static final String TOKEN = "x-oss-security-token";

  /**
   * The fields that a condition may name, according to the pages "PostObject" and "POST V4
   * signature".
   */
  private static final Set<String> DOCUMENTED_TARGETS =
      Set.of(
          "cache-control",
          "content-type",
          "content-disposition",
          "content-encoding",
          "expires",
          "key",
          "success_action_redirect",
          "success_action_status",
          "bucket",
          "x-oss-signature-version",
          "x-oss-credential",
          "x-oss-date",
          TOKEN);

  private final EmulatorRules rules;

  PolicyCheck(EmulatorRules rules) {
    this.rules = rules;
  }

  /**
   * Checks that the policy has not expired. This is checked before the file is read and, by
   * default, again at its end.
   */
  void requireUnexpired(Policy policy, Instant now) {
    if (!now.isBefore(policy.expiration())) {
      throw PostErrors.accessDenied("Invalid according to Policy: Policy expired.")
          .ec("0006-00000213")
          .because(
              "the policy expired at "
                  + policy.expiration()
                  + ", "
                  + DurationText.of(Duration.between(policy.expiration(), now))
                  + " ago by this clock");
    }
  }

  /** Checks the conditions on the form's fields. */
  void requireConditions(Policy policy, PostForm form, String bucket) {
    for (Condition condition : policy.conditions()) {
      if (condition instanceof Condition.OfField ofField) {
        requireCondition(ofField, form, bucket);
      }
    }
  }

  /** Checks that the policy of a V4 form has a condition on each field that V4 requires. */
  void requireCoverage(Policy policy, PostForm form) {
    for (String field : FormSignatureVerifier.PINNED_BY_V4) {
      requireCovered(policy, field);
    }
    if (rules.has(TOKEN_CONDITION_REQUIRED) && form.field(TOKEN).isPresent()) {
      requireCovered(policy, TOKEN);
    }
  }

  /** Checks the maximum size while the file arrives. */
  void requireMaximumSize(Policy policy, long size) {
    for (Condition.ContentLengthRange range : ranges(policy)) {
      if (size > range.max()) {
        throw OssError.of(
                400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
            .ec("0006-00000003")
            .because("the file exceeds the " + range.max() + " bytes of " + range);
      }
    }
  }

  /** Checks the minimum size when the file is complete. */
  void requireMinimumSize(Policy policy, long size) {
    for (Condition.ContentLengthRange range : ranges(policy)) {
      if (size < range.min()) {
        throw OssError.of(
                400,
                "EntityTooSmall",
                "Your proposed upload smaller than the minimum allowed size.") // OSS's own wording
            .ec("0006-00000004")
            .because("the file has " + size + " bytes, fewer than the minimum of " + range);
      }
    }
  }

  private List<Condition.ContentLengthRange> ranges(Policy policy) {
    List<Condition.ContentLengthRange> ranges =
        policy.conditions().stream()
            .filter(Condition.ContentLengthRange.class::isInstance)
            .map(Condition.ContentLengthRange.class::cast)
            .toList();
    return rules.has(SIZE_RANGES_LAST) && ranges.size() > 1
        ? ranges.subList(ranges.size() - 1, ranges.size())
        : ranges;
  }

  private void requireCondition(Condition.OfField condition, PostForm form, String bucket) {
    if (!isDocumentedTarget(condition.field())) {
      if (rules.has(CONDITION_TARGETS_DOCUMENTED)) {
        return;
      }
      if (rules.has(CONDITION_TARGETS_OTHERS_FAIL)) {
        throw failed(condition)
            .ec("0006-00000227")
            .because(
                "the policy's condition "
                    + described(condition)
                    + " names a field that the documentation does not list for conditions,"
                    + " and the emulator runs with the rule "
                    + CONDITION_TARGETS_OTHERS_FAIL);
      }
    }
    Optional<String> value = value(condition.field(), form, bucket);
    if (value.isEmpty()) {
      if (passesWithoutField(condition)) {
        return;
      }
      throw failed(condition)
          .ec("0006-00000226")
          .because(
              "the policy's condition "
                  + described(condition)
                  + " names a field that the form does not contain before its file");
    }
    if (!condition.holds(value.get())) {
      throw failed(condition)
          .ec("0006-00000227")
          .because(
              "the policy's condition "
                  + described(condition)
                  + (isSecret(condition)
                      ? " failed"
                      : " failed: the form's value is '"
                          + shortened(value.get())
                          + "'"
                          + hint(value.get())));
    }
  }

  private static String hint(String value) {
    return value.equalsIgnoreCase("application/octet-stream")
        ? ", which a browser sends if it does not know the file's type; send the type of the"
            + " file's extension"
        : "";
  }

  private boolean passesWithoutField(Condition.OfField condition) {
    return condition instanceof Condition.NotIn
        ? rules.has(ABSENT_NOT_IN_PASSES)
        : condition instanceof Condition.StartsWith startsWith
            && startsWith.prefix().isEmpty()
            && rules.has(ABSENT_EMPTY_PREFIX_PASSES);
  }

  private static boolean isDocumentedTarget(String field) {
    return DOCUMENTED_TARGETS.contains(field) || field.startsWith("x-oss-meta-");
  }

  /** Returns the value that a condition on {@code field} compares. */
  private Optional<String> value(String field, PostForm form, String bucket) {
    return switch (field) {
      case "bucket" -> Optional.of(bucket);
      case "content-type" -> contentType(form);
      default -> form.field(field);
    };
  }

  private Optional<String> contentType(PostForm form) {
    if (rules.has(CONTENT_TYPE_OF_FIELD)) {
      return form.field("content-type");
    }
    return rules.has(CONTENT_TYPE_OF_PART) ? form.file().type() : form.contentType();
  }

  private static void requireCovered(Policy policy, String field) {
    boolean covered = policy.conditions().stream().anyMatch(condition -> names(condition, field));
    if (!covered) {
      throw PostErrors.accessDenied("Invalid according to Policy: Extra input fields: " + field)
          .ec("0006-00000228")
          .because(
              "no condition of the policy covers the field '"
                  + field
                  + "'. Add a condition to the V4 policy, for example {\""
                  + field
                  + "\": \"...\"}");
    }
  }

  private static boolean names(Condition condition, String field) {
    return condition instanceof Condition.OfField ofField && ofField.field().equals(field);
  }

  private static OssError failed(Condition condition) {
    return PostErrors.accessDenied(
        "Invalid according to Policy: Policy Condition failed: " + condition);
  }

  private static String described(Condition.OfField condition) {
    return isSecret(condition) ? condition.inWords() : shortened(condition.toString());
  }

  private static boolean isSecret(Condition.OfField condition) {
    return condition.field().equals(TOKEN);
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
