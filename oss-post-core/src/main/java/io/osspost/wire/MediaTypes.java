package io.osspost.wire;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The media types of uploads, their file name extensions, and the other names that browsers use for
 * them.
 */
public final class MediaTypes {
  /** The first extension of a type is used if the file's own extension is not one of them. */
  private static final Map<String, List<String>> EXTENSIONS = new LinkedHashMap<>();

  private static final Map<String, String> TYPE_OF_EXTENSION = new LinkedHashMap<>();

  static {
    known("image/jpeg", "jpg", "jpeg", "jfif");
    known("image/png", "png");
    known("image/gif", "gif");
    known("image/webp", "webp");
    known("image/avif", "avif");
    known("image/heic", "heic");
    known("image/heif", "heif");
    known("image/bmp", "bmp");
    known("image/tiff", "tif", "tiff");
    known("audio/mpeg", "mp3");
    known("audio/mp4", "m4a");
    known("audio/wav", "wav");
    known("audio/ogg", "ogg", "oga", "opus");
    known("audio/flac", "flac");
    known("audio/aac", "aac");
    known("audio/webm", "weba");
    known("video/mp4", "mp4", "m4v");
    known("video/webm", "webm");
    known("video/quicktime", "mov");
    known("video/mpeg", "mpg", "mpeg");
    known("video/x-msvideo", "avi");
    known("video/x-matroska", "mkv");
    known("application/pdf", "pdf");
    known("text/plain", "txt", "log", "text");
    known("text/csv", "csv");
    known("text/markdown", "md");
    known("application/json", "json");
    known("application/rtf", "rtf");
    known("application/msword", "doc");
    known("application/vnd.ms-excel", "xls");
    known("application/vnd.ms-powerpoint", "ppt");
    known("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
    known("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    known("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx");
    known("application/vnd.oasis.opendocument.text", "odt");
    known("application/vnd.oasis.opendocument.spreadsheet", "ods");
    known("application/vnd.oasis.opendocument.presentation", "odp");
    known("application/zip", "zip");
    known("application/gzip", "gz");
    known("application/x-tar", "tar");
    known("application/x-7z-compressed", "7z");
    known("application/vnd.rar", "rar");
  }

  /** The default types of a profile. A browser runs none of them as a page. */
  public static final List<String> COMMON =
      List.of(
          "image/jpeg",
          "image/png",
          "image/gif",
          "image/webp",
          "image/avif",
          "image/heic",
          "audio/mpeg",
          "audio/mp4",
          "audio/wav",
          "audio/ogg",
          "video/mp4",
          "video/webm",
          "video/quicktime",
          "application/pdf",
          "text/plain",
          "text/csv",
          "application/msword",
          "application/vnd.ms-excel",
          "application/vnd.ms-powerpoint",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "application/zip",
          "application/gzip",
          "application/x-7z-compressed");

  private MediaTypes() {}

  /** Parses a configured list: registered names, and {@code image/*} for all known image types. */
  public static List<String> parseAll(List<String> configured) {
    Set<String> types = new LinkedHashSet<>();
    for (String entry : configured) {
      String type = entry.strip().toLowerCase(Locale.ROOT);
      if (type.endsWith("/*")) {
        String kind = type.substring(0, type.length() - 1);
        List<String> ofKind =
            EXTENSIONS.keySet().stream().filter(known -> known.startsWith(kind)).toList();
        if (ofKind.isEmpty()) {
          throw new IllegalArgumentException(
              "'" + entry + "' matches no known type. Name each type.");
        }
        types.addAll(ofKind);
      } else {
        types.add(
            MediaType.parse(type)
                .filter(parsed -> parsed.equals(type))
                .map(MediaType::registered)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'" + entry + "' is not a media type. Write it like 'image/png'.")));
      }
    }
    if (types.isEmpty()) {
      throw new IllegalArgumentException(
          "No media type is allowed. Name at least one, or remove the setting.");
    }
    return List.copyOf(types);
  }

  /** Returns {@code types} and the other names that browsers use for them. */
  public static List<String> withAliases(List<String> types) {
    Set<String> all = new LinkedHashSet<>(types);
    MediaType.ALIASES.entrySet().stream()
        .filter(alias -> types.contains(alias.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** Returns the type of a file name's extension; empty if the extension is unknown. */
  public static Optional<String> ofName(String filename) {
    return Optional.ofNullable(TYPE_OF_EXTENSION.get(extensionOf(filename)));
  }

  /**
   * Returns the extension, with its dot, of an object of {@code type}: the file's own if it stands
   * for that type, otherwise the type's first, otherwise none. So {@code page.html} with type
   * {@code text/plain} gets {@code .txt}.
   */
  public static String extension(String filename, String type) {
    String own = extensionOf(filename);
    List<String> fitting = EXTENSIONS.getOrDefault(type, List.of());
    if (fitting.contains(own)) {
      return "." + own;
    }
    return fitting.isEmpty() ? "" : "." + fitting.get(0);
  }

  /**
   * Returns {@code types} as text for users: the first extension of each type, or the type itself.
   */
  public static String described(List<String> types) {
    return types.stream()
        .map(type -> EXTENSIONS.getOrDefault(type, List.of(type)).get(0))
        .collect(Collectors.joining(", "));
  }

  private static String extensionOf(String filename) {
    int dot = filename.lastIndexOf('.');
    return dot < 0 ? "" : filename.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static void known(String type, String... extensions) {
    EXTENSIONS.put(type, List.of(extensions));
    for (String extension : extensions) {
      TYPE_OF_EXTENSION.put(extension, type);
    }
  }
}
