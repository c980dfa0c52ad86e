package io.osspost.emulator.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One reading of a point that OSS's documentation leaves open, or describes in two ways. The first
 * reading of each point is the default. It has the most evidence, or else is the safer one for
 * development.
 */
public enum EmulatorRule {
  ADDRESS_STYLE_ANY(
      "address-style", "any", "the host or the path names the bucket, as clients do locally"),
  ADDRESS_STYLE_HOST(
      "address-style",
      "host",
      "a bucket in the path is 403 `SecondLevelDomainForbidden`, as in OSS"),

  CONDITION_TARGETS_ALL("condition-targets", "all", "a condition may name any field of the form"),
  CONDITION_TARGETS_DOCUMENTED(
      "condition-targets",
      "documented",
      "conditions on fields that the table of \"PostObject\" does not list are ignored"),
  CONDITION_TARGETS_OTHERS_FAIL(
      "condition-targets", "others-fail", "conditions on such fields never hold"),

  CONTENT_TYPE_RESOLVED(
      "content-type-condition",
      "resolved",
      "compares the type of the object: `x-oss-content-type`, the part's, `Content-Type`"),
  CONTENT_TYPE_OF_FIELD(
      "content-type-condition", "field", "compares the field `Content-Type` only"),
  CONTENT_TYPE_OF_PART(
      "content-type-condition", "part", "compares the type of the file's part only"),

  FIELD_NAMES_ANY_CASE("field-names", "any-case", "field names are not case-sensitive"),
  FIELD_NAMES_EXACT(
      "field-names", "exact", "a field in a spelling other than the documented one is ignored"),

  FIELD_TWICE_REFUSED(
      "field-twice", "refused", "a field that is sent twice is 400 `InvalidArgument`"),
  FIELD_TWICE_FIRST("field-twice", "first", "the first one is used"),
  FIELD_TWICE_LAST("field-twice", "last", "the last one is used"),

  FIELDS_BEHIND_FILE_IGNORED(
      "fields-behind-file", "ignored", "count as absent; the upload passes without them"),
  FIELDS_BEHIND_FILE_REFUSED(
      "fields-behind-file", "refused", "are 400 `MalformedPOSTRequest`, EC 0006-00000103"),

  FIELD_LIMIT_2_MB("field-limit", "2-mb", "a value may have 2 MB, all of them 8 MB"),
  FIELD_LIMIT_8_KB("field-limit", "8-kb", "a value may have 8 KB"),
  FIELD_LIMIT_8_KB_TOGETHER("field-limit", "8-kb-together", "all values together may have 8 KB"),

  ABSENT_NOT_IN_FAILS("absent-not-in", "fails", "`not-in` needs its field, like every condition"),
  ABSENT_NOT_IN_PASSES("absent-not-in", "passes", "`not-in` holds for a field that is not sent"),

  ABSENT_EMPTY_PREFIX_FAILS(
      "absent-empty-prefix", "fails", "`starts-with` and an empty prefix need the field"),
  ABSENT_EMPTY_PREFIX_PASSES(
      "absent-empty-prefix", "passes", "`starts-with` and an empty prefix hold without it"),

  SIZE_RANGES_ALL("size-ranges", "all", "several `content-length-range` must all hold"),
  SIZE_RANGES_LAST("size-ranges", "last", "the last one is used"),

  TOKEN_CONDITION_REQUIRED(
      "token-condition", "required", "a V4 policy must cover a security token that is sent"),
  TOKEN_CONDITION_OPTIONAL("token-condition", "optional", "a V4 policy need not cover it"),

  DATE_AHEAD_ONLY(
      "date-tolerance", "ahead", "`x-oss-date` may be 15 minutes ahead, and 7 days old"),
  DATE_BOTH_WAYS("date-tolerance", "both-ways", "it may differ by 15 minutes in both directions"),

  EXPIRATION_UNTIL_STORED(
      "expiration", "until-stored", "a policy must be valid until its file has arrived"),
  EXPIRATION_WHEN_RECEIVED(
      "expiration", "when-received", "a policy must be valid until its fields" + " have arrived"),

  FILENAME_KEPT("filename", "kept", "`${filename}` is the name that the browser sent"),
  FILENAME_BASE_NAME("filename", "base-name", "the part after its last slash or backslash"),

  DEFAULT_TYPE_OCTET_STREAM(
      "default-type",
      "octet-stream",
      "an upload without a type becomes `application/octet-stream`"),
  DEFAULT_TYPE_BY_EXTENSION(
      "default-type", "by-extension", "the key's extension determines the type"),

  REDIRECT_303("redirect-status", "303", "`success_action_redirect` answers 303"),
  REDIRECT_302("redirect-status", "302", "302"),
  REDIRECT_301("redirect-status", "301", "301"),

  REDIRECT_QUERY_NONE("redirect-query", "none", "the answer contains the URL as it was sent"),
  REDIRECT_QUERY_OBJECT("redirect-query", "object", "with `bucket`, `key` and `etag` added"),

  CALLBACK_BEFORE_REDIRECT(
      "callback-and-redirect", "callback", "a form with both gets the callback's answer"),
  REDIRECT_AFTER_CALLBACK(
      "callback-and-redirect", "redirect", "the redirect, if the callback succeeded"),

  CALLBACK_ADDRESSES_LOOPBACK(
      "callback-addresses", "loopback", "callbacks may go to this machine and to public addresses"),
  CALLBACK_ADDRESSES_ANY(
      "callback-addresses",
      "any",
      "callbacks may go to every address, including the local network"),
  CALLBACK_ADDRESSES_PUBLIC(
      "callback-addresses",
      "public",
      "a private address is 400 `InvalidArgument`, EC 0007-00000008, as in OSS"),

  CALLBACK_URL_REQUIRED(
      "callback-without-url", "refused", "is 400 `InvalidArgument`, EC 0007-00000004"),
  CALLBACK_URL_OPTIONAL("callback-without-url", "no-callback", "is an upload without a callback"),

  CALLBACK_SPACE_PERCENT("callback-space", "percent", "a space in a form is `%20`"),
  CALLBACK_SPACE_PLUS("callback-space", "plus", "it is `+`"),

  CALLBACK_MISSING_EMPTY(
      "callback-missing", "empty", "a placeholder without a value is `\"\"` in JSON"),
  CALLBACK_MISSING_NULL("callback-missing", "null", "it is `null`"),

  CALLBACK_ANSWER_1_MB("callback-answer", "1-mb", "the application may answer 1 MB"),
  CALLBACK_ANSWER_3_MB("callback-answer", "3-mb", "it may answer 3 MB");

  private final String point;
  private final String reading;
  private final String meaning;

  EmulatorRule(String point, String reading, String meaning) {
    this.point = point;
    this.reading = reading;
    this.meaning = meaning;
  }

  /** Returns the point: the name in {@code --rules name=value}. */
  public String point() {
    return point;
  }

  /** Returns this reading: the value in {@code --rules name=value}. */
  public String reading() {
    return reading;
  }

  /** Returns the emulator's behaviour under this reading, as the documents describe it. */
  public String meaning() {
    return meaning;
  }

  /** Returns whether this reading is the default. */
  public boolean isDefault() {
    return readings(point).get(0) == this;
  }

  /** Returns the readings of {@code point}, the default first; empty if there is no such point. */
  static List<EmulatorRule> readings(String point) {
    return Arrays.stream(values()).filter(rule -> rule.point.equals(point)).toList();
  }

  static Optional<EmulatorRule> of(String point, String reading) {
    return readings(point).stream().filter(rule -> rule.reading.equals(reading)).findFirst();
  }

  /** Returns the rule as on the command line. */
  @Override
  public String toString() {
    return point + "=" + reading;
  }
}
