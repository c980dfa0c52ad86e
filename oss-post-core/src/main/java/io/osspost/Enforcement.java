package io.osspost;

import static io.osspost.Enforcement.Treatment.AMBIGUOUS;
import static io.osspost.Enforcement.Treatment.CLIENT_CHOOSES;
import static io.osspost.Enforcement.Treatment.ENFORCED;
import static io.osspost.Enforcement.Treatment.ENFORCED_IF_SET;
import static io.osspost.Enforcement.Treatment.NOT_APPLICABLE;
import static io.osspost.Enforcement.Treatment.REJECTED;

import io.osspost.profile.UploadProfile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lists how OSS treats each setting of a profile, by grant kind and format. The checks at startup
 * and the terms in tickets use it. {@code docs/security.md} describes the same facts.
 *
 * <p>Sources: OSS documentation, "PostObject" (policy conditions on form fields), "Include
 * signatures in the URL" (signed headers) and "RAM policies" (security tokens).
 */
enum Enforcement {
  POST_FORM(GrantKind.POST, "form"),
  /** Format {@code form} with {@code pin: documented}. */
  POST_DOCUMENTED(GrantKind.POST, "form"),
  POST_V4(GrantKind.POST, "v4"),
  POST_V1(GrantKind.POST, "v1"),
  POST_LEGACY(GrantKind.POST, "legacy"),
  POST_WECHAT(GrantKind.POST, "wechat"),
  /** Parts that the server's own requests start and complete. */
  MULTIPART(GrantKind.MULTIPART, "form"),
  /** A presigned URL and its headers. */
  PUT_FORM(GrantKind.PUT, "form"),
  /** A bare presigned URL. OSS rejects a request that adds an unsigned {@code x-oss-} header. */
  PUT_TEXT(GrantKind.PUT, "text"),
  /** As {@link #PUT_FORM}, with the signed length of the file ({@code sign-length}). */
  PUT_FORM_SIZED(GrantKind.PUT, "form"),
  /** As {@link #PUT_TEXT}, with the signed length of the file ({@code sign-length}). */
  PUT_TEXT_SIZED(GrantKind.PUT, "text"),
  TOKEN(GrantKind.TOKEN, "token");

  /** A setting of a profile, and its name in messages. */
  enum Setting {
    KEY("dir"),
    SIZE("max-size"),
    TYPE("content-types"),
    OVERWRITE("forbid-overwrite"),
    ACL("acl"),
    STORAGE_CLASS("storage-class"),
    METADATA("metadata"),
    DISPOSITION("disposition"),
    CACHE_CONTROL("cache-control"),
    CONTENT_ENCODING("content-encoding"),
    EXPIRES("expires"),
    ENCRYPTION("server-side-encryption"),
    TAGGING("tagging"),
    SUCCESS("success-status or success-redirect"),
    CALLBACK("callback.url"),
    VARS("vars"),
    MARK("mark");

    private final String label;

    Setting(String label) {
      this.label = label;
    }

    /** The setting's name in documents and messages. */
    String label() {
      return label;
    }

    /** Returns the setting that adds {@code field} to a form. */
    static Setting ofField(String field) {
      return switch (field.toLowerCase(Locale.ROOT)) {
        case "x-oss-object-acl" -> ACL;
        case "x-oss-storage-class" -> STORAGE_CLASS;
        case "content-disposition" -> DISPOSITION;
        case "cache-control" -> CACHE_CONTROL;
        case "content-encoding" -> CONTENT_ENCODING;
        case "expires" -> EXPIRES;
        case "x-oss-server-side-encryption" -> ENCRYPTION;
        case "x-oss-tagging" -> TAGGING;
        case "success_action_status", "success_action_redirect" -> SUCCESS;
        default -> METADATA;
      };
    }
  }

  /** The settings that a profile can make optional. */
  private static final Set<Setting> HEADERS =
      EnumSet.of(
          Setting.STORAGE_CLASS,
          Setting.METADATA,
          Setting.DISPOSITION,
          Setting.CACHE_CONTROL,
          Setting.CONTENT_ENCODING,
          Setting.EXPIRES,
          Setting.ENCRYPTION,
          Setting.TAGGING);

  /** How OSS treats a setting. */
  enum Treatment {
    /** The grant carries the setting, and OSS rejects any other value. */
    ENFORCED,
    /** As {@link #ENFORCED} if the profile sets it; otherwise the client can add it. */
    ENFORCED_IF_SET,
    /** The grant carries the setting, but OSS's documents disagree about its effect. */
    AMBIGUOUS,
    /** The grant cannot carry the setting, and the client chooses. */
    CLIENT_CHOOSES,
    /** The grant cannot carry the setting, and OSS rejects a client that adds it. */
    REJECTED,
    /** The setting does not apply to this kind of grant. */
    NOT_APPLICABLE
  }

  private final GrantKind kind;
  private final String format;

  Enforcement(GrantKind kind, String format) {
    this.kind = kind;
    this.format = format;
  }

  /** Returns how OSS treats {@code setting} in this kind and format. */
  Treatment treatment(Setting setting) {
    return switch (this) {
      case POST_FORM ->
          switch (setting) {
            case STORAGE_CLASS,
                METADATA,
                DISPOSITION,
                CACHE_CONTROL,
                CONTENT_ENCODING,
                EXPIRES,
                ENCRYPTION ->
                ENFORCED_IF_SET;
            case TAGGING -> REJECTED;
            default -> ENFORCED;
          };
      case POST_DOCUMENTED ->
          switch (setting) {
            case TYPE -> AMBIGUOUS;
            case METADATA, DISPOSITION, CACHE_CONTROL, CONTENT_ENCODING, EXPIRES -> ENFORCED_IF_SET;
            case OVERWRITE, ACL, STORAGE_CLASS, ENCRYPTION, CALLBACK -> CLIENT_CHOOSES;
            case TAGGING -> REJECTED;
            default -> ENFORCED;
          };
      case POST_V4, POST_V1 ->
          switch (setting) {
            case KEY, SIZE -> ENFORCED;
            case TYPE -> AMBIGUOUS;
            case SUCCESS -> REJECTED;
            default -> CLIENT_CHOOSES;
          };
      case POST_WECHAT -> setting == Setting.SUCCESS ? CLIENT_CHOOSES : POST_V1.treatment(setting);
      case POST_LEGACY ->
          switch (setting) {
            case KEY, SIZE, CALLBACK, VARS -> ENFORCED;
            case TYPE -> AMBIGUOUS;
            case SUCCESS -> REJECTED;
            default -> CLIENT_CHOOSES;
          };
      case MULTIPART ->
          switch (setting) {
            case SUCCESS, CALLBACK -> NOT_APPLICABLE;
            default -> ENFORCED;
          };
      case PUT_FORM ->
          switch (setting) {
            case SIZE -> CLIENT_CHOOSES;
            case DISPOSITION, CACHE_CONTROL, CONTENT_ENCODING, EXPIRES -> ENFORCED_IF_SET;
            case SUCCESS -> NOT_APPLICABLE;
            default -> ENFORCED;
          };
      case PUT_TEXT ->
          switch (setting) {
            case KEY, TYPE -> ENFORCED;
            case ACL, STORAGE_CLASS, METADATA, ENCRYPTION, TAGGING, CALLBACK, MARK, VARS ->
                REJECTED;
            case SUCCESS -> NOT_APPLICABLE;
            default -> CLIENT_CHOOSES;
          };
      case PUT_FORM_SIZED -> setting == Setting.SIZE ? ENFORCED : PUT_FORM.treatment(setting);
      case PUT_TEXT_SIZED -> setting == Setting.SIZE ? ENFORCED : PUT_TEXT.treatment(setting);
      case TOKEN ->
          switch (setting) {
            case KEY -> AMBIGUOUS;
            case ACL -> REJECTED;
            case SUCCESS -> NOT_APPLICABLE;
            default -> CLIENT_CHOOSES;
          };
    };
  }

  /** Returns the enforcement of forms in {@code format} under {@code profile}. */
  static Enforcement of(PostFormat format, UploadProfile profile) {
    return switch (format) {
      case FORM -> profile.documentedFieldsOnly() ? POST_DOCUMENTED : POST_FORM;
      case V4 -> POST_V4;
      case V1 -> POST_V1;
      case LEGACY -> POST_LEGACY;
      case WECHAT -> POST_WECHAT;
    };
  }

  /** Returns the enforcement of presigned PUTs in {@code format} under {@code profile}. */
  static Enforcement of(PutFormat format, UploadProfile profile) {
    return switch (format) {
      case FORM -> profile.signLength() ? PUT_FORM_SIZED : PUT_FORM;
      case TEXT -> profile.signLength() ? PUT_TEXT_SIZED : PUT_TEXT;
    };
  }

  /** Returns whether the client sends the type of the response, not the type that it stated. */
  boolean serverSetsType() {
    return format.equals("form");
  }

  GrantKind kind() {
    return kind;
  }

  /** Returns the format's code, as requests and settings name it. */
  String format() {
    return format;
  }

  /** Returns whether a grant of this kind and format can carry a value that the operator sets. */
  boolean carries(Setting setting) {
    return switch (treatment(setting)) {
      case ENFORCED, ENFORCED_IF_SET, AMBIGUOUS, NOT_APPLICABLE -> true;
      case CLIENT_CHOOSES, REJECTED -> false;
    };
  }

  /**
   * Checks that grants of this kind and format carry every setting that the operator set.
   *
   * @param callback whether a callback is configured
   * @throws IllegalArgumentException if they do not carry one
   */
  void requireCarried(UploadProfile profile, boolean callback) {
    Set<Setting> uncarried = EnumSet.noneOf(Setting.class);
    ProfileFields.of(profile).explicit().forEach(field -> uncarried.add(Setting.ofField(field)));
    if (profile.forbidOverwrite().orElse(false)) {
      uncarried.add(Setting.OVERWRITE);
    }
    if (callback && profile.callback()) {
      uncarried.add(Setting.CALLBACK);
    }
    if (!profile.vars().isEmpty()) {
      uncarried.add(Setting.VARS);
    }
    if (profile.optionalHeaders()) {
      uncarried.removeAll(HEADERS);
    }
    uncarried.removeIf(this::carries);
    if (!uncarried.isEmpty()) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' sets "
              + labels(uncarried)
              + ", but "
              + description()
              + " cannot carry "
              + (uncarried.size() == 1 ? "it" : "them")
              + ". "
              + fix(profile, uncarried));
    }
  }

  private String fix(UploadProfile profile, Set<Setting> uncarried) {
    String remove = this == TOKEN ? "Remove token from its grants" : "Offer format form only";
    if (this == POST_DOCUMENTED) {
      remove = "Set pin to all";
    }
    if (this == POST_FORM) {
      remove = "Remove post from its grants";
    }
    if (HEADERS.containsAll(uncarried)) {
      return remove
          + ", remove the setting, or set profiles."
          + profile.name()
          + ".optional-headers to true: objects of these uploads are then stored without it.";
    }
    return uncarried.equals(EnumSet.of(Setting.CALLBACK))
        ? remove
            + ", or set profiles."
            + profile.name()
            + ".callback to false: its uploads are then not reported."
        : remove + ", or remove the setting.";
  }

  /**
   * Returns one sentence about the defaults and limits that OSS does not enforce in this kind and
   * format; empty if it enforces all.
   *
   * @param mark whether objects are marked
   */
  String weakness(UploadProfile profile, boolean mark) {
    List<Setting> unenforced = new ArrayList<>();
    List<Setting> ambiguous = new ArrayList<>();
    for (Setting setting : List.of(Setting.SIZE, Setting.TYPE)) {
      if (treatment(setting) == CLIENT_CHOOSES) {
        unenforced.add(setting);
      } else if (treatment(setting) == AMBIGUOUS) {
        ambiguous.add(setting);
      }
    }
    if (!carries(Setting.OVERWRITE) && profile.forbidOverwrite().orElse(true)) {
      unenforced.add(Setting.OVERWRITE);
    }
    if (treatment(Setting.ACL) == CLIENT_CHOOSES) {
      unenforced.add(Setting.ACL);
    }
    if (mark && !carries(Setting.MARK)) {
      unenforced.add(Setting.MARK);
    }
    if (unenforced.isEmpty() && ambiguous.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder("Profile '" + profile.name() + "': with " + description());
    if (!unenforced.isEmpty()) {
      text.append(" OSS does not enforce ").append(labels(unenforced));
    }
    if (!ambiguous.isEmpty()) {
      text.append(unenforced.isEmpty() ? " " : ", and ")
          .append(labels(ambiguous))
          .append(" depends on the field that OSS reads");
    }
    return text.append(". See docs/security.md.").toString();
  }

  private String description() {
    return switch (kind) {
      case POST -> "forms of format " + format;
      case MULTIPART -> "uploads in parts";
      case PUT -> "presigned URLs of format " + format;
      case TOKEN -> "security tokens";
    };
  }

  private static String labels(Iterable<Setting> settings) {
    List<String> labels = new ArrayList<>();
    settings.forEach(setting -> labels.add(setting.label()));
    return String.join(", ", labels);
  }
}
