package io.osspost.emulator.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One reading of a point that OSS's documentation does not decide, because it is silent or
 * describes the point in two ways. The first reading of each point is the default: the one with the
 * most evidence, or otherwise the safer one for development.
 */
public enum EmulatorRule {
  ADDRESS_STYLE_ANY(
      "address-style", "any", "The host or the path names the bucket. Local clients use both."),
  ADDRESS_STYLE_HOST(
      "address-style",
      "host",
      "Only the host may name the bucket, as in OSS. A bucket in the path gives"
          + " 403 `SecondLevelDomainForbidden`."),

  CONDITION_TARGETS_ALL("condition-targets", "all", "A condition may name any field of the form."),
  CONDITION_TARGETS_DOCUMENTED(
      "condition-targets",
      "documented",
      "Conditions are ignored if the table of \"PostObject\" does not list their field."),
  CONDITION_TARGETS_OTHERS_FAIL(
      "condition-targets",
      "others-fail",
      "Conditions fail if the table of \"PostObject\" does not list their field."),

  CONTENT_TYPE_RESOLVED(
      "content-type-condition",
      "resolved",
      "The condition compares the type of the object: `x-oss-content-type`, otherwise what"
          + " `content-type-order` chooses."),
  CONTENT_TYPE_OF_FIELD(
      "content-type-condition", "field", "The condition compares only the field `Content-Type`."),
  CONTENT_TYPE_OF_PART(
      "content-type-condition", "part", "The condition compares only the type of the file's part."),

  CONTENT_TYPE_PART_FIRST(
      "content-type-order",
      "part-first",
      "The type of the file's part takes precedence over the field `Content-Type`."),
  CONTENT_TYPE_FIELD_FIRST(
      "content-type-order",
      "field-first",
      "The field `Content-Type` takes precedence over the type of the file's part."),

  FORM_MEDIA_TYPE_METHOD_NOT_ALLOWED(
      "form-media-type",
      "method-not-allowed",
      "A POST of another type than `multipart/form-data` gets 405 `MethodNotAllowed`, as users"
          + " report."),
  FORM_MEDIA_TYPE_NOT_MULTIPART(
      "form-media-type",
      "not-multipart",
      "A POST of another type than `multipart/form-data` gets 400 `RequestIsNotMultiPartContent`,"
          + " as documented."),

  BOUNDARY_PLAIN(
      "boundary",
      "plain",
      "A boundary in quotes gets 400 `MalformedPOSTRequest`. Browsers send none."),
  BOUNDARY_QUOTED("boundary", "quoted", "The boundary may be in quotes."),

  PART_HEAD_DISPOSITION_FIRST(
      "part-head",
      "disposition-first",
      "A part whose head does not begin with `Content-Disposition` gets 400"
          + " `MalformedPOSTRequest`, EC 0006-00000103, as users report."),
  PART_HEAD_ANY_ORDER("part-head", "any-order", "The lines of a part's head may have any order."),

  PART_NAMES_QUOTED(
      "part-names",
      "quoted",
      "A name in `Content-Disposition` without quotes gets 400 `MalformedPOSTRequest`, EC"
          + " 0006-00000103."),
  PART_NAMES_BARE("part-names", "bare", "A name in `Content-Disposition` needs no quotes."),

  EXTENDED_FILENAME_IGNORED(
      "extended-filename", "ignored", "`filename*` of a part is ignored, as RFC 7578 demands."),
  EXTENDED_FILENAME_USED(
      "extended-filename", "used", "`filename*` is the file's name if there is no `filename`."),

  FIELD_NAMES_ANY_CASE("field-names", "any-case", "Field names are not case-sensitive."),
  FIELD_NAMES_EXACT(
      "field-names", "exact", "A field is ignored if its name is not spelled as documented."),

  FIELD_TWICE_REFUSED(
      "field-twice", "refused", "A form that sends a field twice gets 400 `InvalidArgument`."),
  FIELD_TWICE_FIRST("field-twice", "first", "The first value of a repeated field is used."),
  FIELD_TWICE_LAST("field-twice", "last", "The last value of a repeated field is used."),

  FIELDS_AFTER_FILE_IGNORED(
      "fields-after-file", "ignored", "Fields after the file are ignored. The upload succeeds."),
  FIELDS_AFTER_FILE_REFUSED(
      "fields-after-file",
      "refused",
      "A form with a field after the file gets 400 `MalformedPOSTRequest`, EC" + " 0006-00000103."),

  FIELD_LIMIT_2_MB("field-limit", "2-mb", "One value may have 2 MB, and all values together 8 MB."),
  FIELD_LIMIT_8_KB("field-limit", "8-kb", "One value may have 8 KB, and all values together 8 MB."),
  FIELD_LIMIT_8_KB_TOGETHER("field-limit", "8-kb-together", "All values together may have 8 KB."),

  ABSENT_NOT_IN_FAILS(
      "absent-not-in", "fails", "A `not-in` condition fails if its field is not sent."),
  ABSENT_NOT_IN_PASSES(
      "absent-not-in", "passes", "A `not-in` condition passes if its field is not sent."),

  ABSENT_EMPTY_PREFIX_FAILS(
      "absent-empty-prefix",
      "fails",
      "A `starts-with` condition with an empty prefix fails if its field is not sent."),
  ABSENT_EMPTY_PREFIX_PASSES(
      "absent-empty-prefix",
      "passes",
      "A `starts-with` condition with an empty prefix passes if its field is not" + " sent."),

  SIZE_RANGES_ALL(
      "size-ranges",
      "all",
      "If a policy has several `content-length-range` conditions, all apply."),
  SIZE_RANGES_LAST(
      "size-ranges",
      "last",
      "If a policy has several `content-length-range` conditions, only the last" + " applies."),

  TOKEN_CONDITION_REQUIRED(
      "token-condition",
      "required",
      "A V4 policy must have a condition on the security token if the form sends one."),
  TOKEN_CONDITION_OPTIONAL(
      "token-condition", "optional", "A V4 policy needs no condition on the security token."),

  DATE_AHEAD_ONLY(
      "date-tolerance",
      "ahead",
      "`x-oss-date` may be at most 15 minutes in the future and 7 days in the past."),
  DATE_BOTH_WAYS(
      "date-tolerance",
      "both-ways",
      "`x-oss-date` may differ by at most 15 minutes in both directions."),

  EXPIRATION_UNTIL_STORED(
      "expiration", "until-stored", "A policy must be valid until the file has arrived."),
  EXPIRATION_WHEN_RECEIVED(
      "expiration", "when-received", "A policy must be valid until the fields have arrived."),

  FILENAME_KEPT("filename", "kept", "`${filename}` is the name that the browser sent."),
  FILENAME_BASE_NAME(
      "filename",
      "base-name",
      "`${filename}` is the part of the name after its last slash or backslash."),

  DEFAULT_TYPE_OCTET_STREAM(
      "default-type",
      "octet-stream",
      "An upload without a type becomes `application/octet-stream`."),
  DEFAULT_TYPE_BY_EXTENSION(
      "default-type",
      "by-extension",
      "The extension of the key determines the type of an upload without one."),

  REDIRECT_303("redirect-status", "303", "`success_action_redirect` redirects with status 303."),
  REDIRECT_302("redirect-status", "302", "`success_action_redirect` redirects with status 302."),
  REDIRECT_301("redirect-status", "301", "`success_action_redirect` redirects with status 301."),

  REDIRECT_QUERY_NONE(
      "redirect-query",
      "none",
      "The browser is redirected to the URL of the form, without changes."),
  REDIRECT_QUERY_OBJECT(
      "redirect-query",
      "object",
      "The browser is redirected to the URL of the form, with `bucket`, `key` and"
          + " `etag` added."),

  CALLBACK_BEFORE_REDIRECT(
      "callback-and-redirect",
      "callback",
      "A form with a callback and a redirect gets the response of the callback."),
  REDIRECT_AFTER_CALLBACK(
      "callback-and-redirect",
      "redirect",
      "A form with a callback and a redirect gets the redirect if the callback" + " succeeds."),

  CALLBACK_ADDRESSES_LOOPBACK(
      "callback-addresses",
      "loopback",
      "Callbacks may go to this machine and to public addresses."),
  CALLBACK_ADDRESSES_ANY(
      "callback-addresses",
      "any",
      "Callbacks may go to every address, including the local network."),
  CALLBACK_ADDRESSES_PUBLIC(
      "callback-addresses",
      "public",
      "Callbacks may go to public addresses only, as in OSS. Others give 400"
          + " `InvalidArgument`, EC 0007-00000008."),

  CALLBACK_URL_REQUIRED(
      "callback-without-url",
      "refused",
      "A callback without a URL gives 400 `InvalidArgument`, EC 0007-00000004."),
  CALLBACK_URL_OPTIONAL(
      "callback-without-url",
      "no-callback",
      "A callback without a URL is ignored. The upload succeeds."),

  CALLBACK_SPACE_PERCENT(
      "callback-space", "percent", "A space in a form body of a callback is encoded as `%20`."),
  CALLBACK_SPACE_PLUS(
      "callback-space", "plus", "A space in a form body of a callback is encoded as `+`."),

  CALLBACK_MISSING_EMPTY(
      "callback-missing", "empty", "In JSON, a placeholder without a value becomes `\"\"`."),
  CALLBACK_MISSING_NULL(
      "callback-missing", "null", "In JSON, a placeholder without a value becomes `null`."),

  CALLBACK_ANSWER_1_MB("callback-answer", "1-mb", "The response to a callback may have 1 MB."),
  CALLBACK_ANSWER_3_MB("callback-answer", "3-mb", "The response to a callback may have 3 MB."),

  REPEATED_COMPLETE_NO_SUCH_UPLOAD(
      "repeated-complete",
      "no-such-upload",
      "Completing a completed upload again gives 404 `NoSuchUpload`."),
  REPEATED_COMPLETE_OK(
      "repeated-complete",
      "ok",
      "Completing a completed upload again gives the first result, with the callback of the"
          + " request, while the object is still the one of that upload."),
  REPEATED_COMPLETE_EXISTS(
      "repeated-complete",
      "exists",
      "Completing a completed upload again gives 409 `FileAlreadyExists`, EC 0042-00000214, while"
          + " the object is still the one of that upload."),

  ACL_AT_INITIATE_IGNORED(
      "acl-at-initiate",
      "ignored",
      "`x-oss-object-acl` of InitiateMultipartUpload is ignored. Only that of"
          + " CompleteMultipartUpload counts."),
  ACL_AT_INITIATE_KEPT(
      "acl-at-initiate",
      "kept",
      "`x-oss-object-acl` of InitiateMultipartUpload is kept. That of CompleteMultipartUpload takes"
          + " precedence."),

  SIGNED_CONTENT_LENGTH_HONOURED(
      "signed-content-length",
      "honoured",
      "`content-length` as an additional header of a V4 signature is signed with the length that"
          + " is sent. Another length gives 403 `SignatureDoesNotMatch`."),
  SIGNED_CONTENT_LENGTH_IGNORED(
      "signed-content-length",
      "ignored",
      "`content-length` remains in the list of additional headers, but the canonical request has"
          + " no line for it. Signatures over that line give 403 `SignatureDoesNotMatch`; without"
          + " it they permit every length.");

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

  /** Returns a sentence about the emulator's behaviour under this reading. */
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

  /** Returns the rule as the option {@code --rules} accepts it. */
  @Override
  public String toString() {
    return point + "=" + reading;
  }
}
