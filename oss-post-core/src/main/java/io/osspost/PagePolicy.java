package io.osspost;

import io.osspost.admission.AdmittedUpload;
import io.osspost.object.ObjectKey;
import io.osspost.policy.Condition;
import io.osspost.policy.PostPolicy;
import io.osspost.profile.UploadProfile;
import io.osspost.profile.UploadRefusedException;
import io.osspost.ticket.UploadTickets;
import io.osspost.wire.MediaType;
import io.osspost.wire.MediaTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the conditions of a form's policy: one for each field that the page sends. A page of
 * format {@code form} sends the fields of the response, so all fields are pinned. A tutorial's page
 * writes its own fields, and only those can have a condition. Immutable.
 */
final class PagePolicy {
  /** A field of one upload. */
  record Field(String name, String value) {}

  private final PostFormat format;
  private final UploadProfile profile;

  /** Whether the page sends the fields of the response. */
  private final boolean pinsAll;

  private final Map<String, String> common;
  private final List<String> typeFields;
  private final boolean mayForbidOverwrite;

  private PagePolicy(PostFormat format, UploadProfile profile, ProfileFields fields) {
    this.format = format;
    this.profile = profile;
    this.pinsAll = format == PostFormat.FORM;
    this.common = pinsAll ? fields.common() : commonOfTutorial(format);
    // OSS stores the second field, and may compare the first one.
    this.typeFields =
        pinsAll && fields.mayCarry(ProfileFields.STORED_TYPE)
            ? List.of("Content-Type", ProfileFields.STORED_TYPE)
            : List.of("Content-Type");
    this.mayForbidOverwrite = pinsAll && fields.mayCarry(ProfileFields.FORBID_OVERWRITE);
  }

  /** The tutorial pages contain this status as a constant, except the mini program's. */
  private static Map<String, String> commonOfTutorial(PostFormat format) {
    return format == PostFormat.WECHAT
        ? Collections.emptyMap()
        : Collections.singletonMap(ProfileFields.SUCCESS_STATUS, "200");
  }

  static PagePolicy of(PostFormat format, UploadProfile profile, ProfileFields fields) {
    return new PagePolicy(format, profile, fields);
  }

  /** Returns the fields that all forms have, in order, except those of the signature. */
  Map<String, String> common() {
    return common;
  }

  /**
   * Returns the only type that the page can send for {@code upload}; empty if it may choose.
   *
   * @throws UploadRefusedException if the page sends a type that the profile does not allow
   */
  Optional<String> exactType(AdmittedUpload upload) {
    if (pinsAll) {
      return upload.type();
    }
    // The browser sends the type that it stated, not the registered name of that type.
    Optional<String> sent = upload.statedType();
    if (sent.isPresent() && !upload.type().equals(sent.map(MediaType::registered))) {
      throw new UploadRefusedException(
          UploadRefusedException.Reason.TYPE_NOT_ALLOWED,
          "Files of type '"
              + sent.get()
              + "' are not accepted here in format "
              + format.code()
              + ".",
          "Request format=form, in which the server sets the type, or send another type.");
    }
    return sent;
  }

  /**
   * Returns the common conditions of all forms that expire at {@code expiresAt}. A form with an
   * exact type or size adds its own condition on it, so the profile's condition is omitted here. No
   * document says that OSS accepts two size ranges, and a list of types would only lengthen the
   * policy.
   */
  PostPolicy policy(String bucket, Instant expiresAt, boolean exactType, boolean exactSize) {
    PostPolicy.Builder policy = PostPolicy.builder(bucket, expiresAt);
    List<Condition> conditions = new ArrayList<>();
    common.forEach((name, value) -> conditions.add(new Condition.Eq(name, value)));
    if (!exactType) {
      List<String> types = MediaTypes.withAliases(profile.contentTypes());
      typeFields.forEach(field -> conditions.add(new Condition.In(target(field), types)));
    }
    policy.requireAll(conditions);
    if (!exactSize) {
      policy.size(profile.minSize(), SingleRequest.maxSize(profile));
    }
    return policy.build();
  }

  /** Returns the fields of this upload in the order to send them. */
  List<Field> uploadFields(
      AdmittedUpload upload, Optional<String> type, Optional<Ticketing.IssuedTicket> issued) {
    List<Field> fields = new ArrayList<>(8);
    upload.key().map(ObjectKey::value).ifPresent(key -> fields.add(new Field("key", key)));
    type.ifPresent(value -> typeFields.forEach(field -> fields.add(new Field(field, value))));
    if (mayForbidOverwrite && upload.forbidOverwrite()) {
      fields.add(new Field(ProfileFields.FORBID_OVERWRITE, "true"));
    }
    if (pinsAll && profile.dispositionHasFilename()) {
      profile
          .dispositionOf(upload.filename())
          .ifPresent(value -> fields.add(new Field(ProfileFields.DISPOSITION, value)));
    }
    if (issued.isPresent()) {
      if (pinsAll) {
        issued.get().mark().ifPresent(mark -> fields.add(new Field(UploadTickets.MARK, mark)));
      }
      issued.get().callback().ifPresent(value -> fields.add(new Field("callback", value)));
    }
    return fields;
  }

  /** Returns the conditions of this upload: its own fields, its size, and its name or directory. */
  static List<Condition> conditions(AdmittedUpload upload, List<Field> fields) {
    List<Condition> conditions = new ArrayList<>(fields.size() + 2);
    if (upload.key().isEmpty()) {
      conditions.add(new Condition.StartsWith("key", upload.prefix()));
    }
    for (Field field : fields) {
      conditions.add(new Condition.Eq(target(field.name), field.value));
    }
    upload.size().ifPresent(size -> conditions.add(new Condition.ContentLengthRange(size, size)));
    return conditions;
  }

  private static String target(String field) {
    return field.equals("Content-Type") ? field.toLowerCase(Locale.ROOT) : field;
  }
}
