package io.osspost;

import static io.osspost.Enforcement.Enforced.ABSENT;
import static io.osspost.Enforcement.Enforced.CLOSED;
import static io.osspost.Enforcement.Enforced.IF_SET;
import static io.osspost.Enforcement.Enforced.OPEN;
import static io.osspost.Enforcement.Enforced.PINNED;
import static io.osspost.Enforcement.Enforced.WEAK;

import io.osspost.profile.UploadProfile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The table of settings that OSS enforces, by grant kind and format. The checks at startup, the
 * terms in tickets and {@code docs/security.md} come from it.
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
  /** A presigned URL and its headers. */
  PUT_FORM(GrantKind.PUT, "form"),
  /** A bare presigned URL. An unsigned header of OSS's own invalidates its signature. */
  PUT_TEXT(GrantKind.PUT, "text"),
  TOKEN(GrantKind.TOKEN, "token");

  /** A setting of a profile, and the names that operators know it by. */
  enum Setting {
    KEY("dir"),
    SIZE("max-size"),
    TYPE("content-types"),
    OVERWRITE("forbid-overwrite"),
    ACL("acl"),
    STORAGE_CLASS("storage-class"),
    METADATA("metadata"),
    DISPOSITION("disposition"),
    SUCCESS("success-status or success-redirect"),
    CALLBACK("callback.url"),
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
        case "success_action_status", "success_action_redirect" -> SUCCESS;
        default -> METADATA;
      };
    }
  }

  /** How OSS treats a setting. */
  enum Enforced {
    /** The grant carries the setting, and OSS rejects any other value. */
    PINNED,
    /** As PINNED if the profile sets it; otherwise the client can add it. */
    IF_SET,
    /** The grant carries the setting, but OSS's documents disagree about the effect. */
    WEAK,
    /** The grant cannot carry the setting, and the client chooses. */
    OPEN,
    /** The grant cannot carry the setting, and OSS rejects a client that adds it. */
    CLOSED,
    /** The setting has no meaning here. */
    ABSENT
  }

  private final GrantKind kind;
  private final String format;

  Enforcement(GrantKind kind, String format) {
    this.kind = kind;
    this.format = format;
  }

  /** Returns how OSS treats {@code setting} in this row. */
  Enforced enforced(Setting setting) {
    return switch (this) {
      case POST_FORM ->
          switch (setting) {
            case STORAGE_CLASS, METADATA, DISPOSITION -> IF_SET;
            default -> PINNED;
          };
      case POST_DOCUMENTED ->
          switch (setting) {
            case TYPE -> WEAK;
            case METADATA, DISPOSITION -> IF_SET;
            case OVERWRITE, ACL, STORAGE_CLASS, CALLBACK -> OPEN;
            default -> PINNED;
          };
      case POST_V4, POST_V1 ->
          switch (setting) {
            case KEY, SIZE -> PINNED;
            case TYPE -> WEAK;
            case SUCCESS -> CLOSED;
            default -> OPEN;
          };
      case POST_LEGACY ->
          switch (setting) {
            case KEY, SIZE, CALLBACK -> PINNED;
            case TYPE -> WEAK;
            case SUCCESS -> CLOSED;
            default -> OPEN;
          };
      case PUT_FORM ->
          switch (setting) {
            case SIZE -> OPEN;
            case DISPOSITION -> IF_SET;
            case SUCCESS -> ABSENT;
            default -> PINNED;
          };
      case PUT_TEXT ->
          switch (setting) {
            case KEY, TYPE -> PINNED;
            case ACL, STORAGE_CLASS, METADATA, CALLBACK, MARK -> CLOSED;
            case SUCCESS -> ABSENT;
            default -> OPEN;
          };
      case TOKEN ->
          switch (setting) {
            case KEY -> WEAK;
            case ACL -> CLOSED;
            case SUCCESS -> ABSENT;
            default -> OPEN;
          };
    };
  }

  /** Returns the row of forms in {@code format} under {@code profile}. */
  static Enforcement of(PostFormat format, UploadProfile profile) {
    return switch (format) {
      case FORM -> profile.documentedFieldsOnly() ? POST_DOCUMENTED : POST_FORM;
      case V4 -> POST_V4;
      case V1 -> POST_V1;
      case LEGACY -> POST_LEGACY;
    };
  }

  /** Returns the row of presigned PUTs. */
  static Enforcement of(PutFormat format) {
    return format == PutFormat.FORM ? PUT_FORM : PUT_TEXT;
  }

  GrantKind kind() {
    return kind;
  }

  /** Returns the format's code, as requests and settings name it. */
  String format() {
    return format;
  }

  /** Returns whether a grant of this row can carry a value that the operator sets. */
  boolean carries(Setting setting) {
    return switch (enforced(setting)) {
      case PINNED, IF_SET, WEAK, ABSENT -> true;
      case OPEN, CLOSED -> false;
    };
  }

  /**
   * Checks that this row carries everything that the operator set explicitly.
   *
   * @param callback whether a callback is configured
   * @throws IllegalArgumentException if it does not
   */
  void requireCarried(UploadProfile profile, boolean callback) {
    Set<Setting> lost = EnumSet.noneOf(Setting.class);
    ProfileFields.of(profile).explicit().forEach(field -> lost.add(Setting.ofField(field)));
    if (profile.forbidOverwrite().orElse(false)) {
      lost.add(Setting.OVERWRITE);
    }
    if (callback && profile.callback()) {
      lost.add(Setting.CALLBACK);
    }
    lost.removeIf(this::carries);
    if (!lost.isEmpty()) {
      throw new IllegalArgumentException(
          "Profile '"
              + profile.name()
              + "' sets "
              + labels(lost)
              + ", but "
              + described()
              + " cannot carry "
              + (lost.size() == 1 ? "it" : "them")
              + ". "
              + fix(profile, lost));
    }
  }

  private String fix(UploadProfile profile, Set<Setting> lost) {
    String remove = this == TOKEN ? "Remove token from its grants" : "Offer format form only";
    if (this == POST_DOCUMENTED) {
      remove = "Set pin to all";
    }
    return lost.equals(EnumSet.of(Setting.CALLBACK))
        ? remove
            + ", or set profiles."
            + profile.name()
            + ".callback to false: its uploads are then not reported."
        : remove + ", or remove the setting.";
  }

  /**
   * Returns one sentence about the defaults and limits that OSS does not enforce in this row; empty
   * if it enforces all.
   *
   * @param mark whether objects are marked
   */
  String weakness(UploadProfile profile, boolean mark) {
    List<Setting> open = new ArrayList<>();
    List<Setting> weak = new ArrayList<>();
    for (Setting setting : List.of(Setting.SIZE, Setting.TYPE)) {
      if (enforced(setting) == OPEN) {
        open.add(setting);
      } else if (enforced(setting) == WEAK) {
        weak.add(setting);
      }
    }
    if (!carries(Setting.OVERWRITE) && profile.forbidOverwrite().orElse(true)) {
      open.add(Setting.OVERWRITE);
    }
    if (enforced(Setting.ACL) == OPEN) {
      open.add(Setting.ACL);
    }
    if (mark && !carries(Setting.MARK)) {
      open.add(Setting.MARK);
    }
    if (open.isEmpty() && weak.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("Profile '" + profile.name() + "': with " + described());
    if (!open.isEmpty()) {
      text.append(" OSS does not enforce ").append(labels(open));
    }
    if (!weak.isEmpty()) {
      text.append(open.isEmpty() ? " " : ", and ")
          .append(labels(weak))
          .append(" depends on the field that OSS reads");
    }
    return text.append(". See docs/security.md.").toString();
  }

  private String described() {
    return switch (kind) {
      case POST -> "forms of format " + format;
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
