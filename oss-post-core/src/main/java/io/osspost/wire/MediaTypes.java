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
 * The media types of uploads, their file name extensions, and the types that clients state
 * mistakenly.
 *
 * <p>Sources of types and extensions: IANA's registry of media types; shared-mime-info 2.2 for
 * unregistered types ({@code x-}).
 */
public final class MediaTypes {
  /** The first extension of a type is used if the file's own extension is not one of them. */
  private static final Map<String, List<String>> EXTENSIONS = new LinkedHashMap<>();

  private static final Map<String, String> TYPE_OF_EXTENSION = new LinkedHashMap<>();

  /** The types that clients state for any file. */
  private static final Set<String> GENERIC =
      Set.of(
          "application/octet-stream",
          "binary/octet-stream",
          "application/binary",
          "application/download",
          "application/force-download",
          "application/unknown",
          "application/x-compressed",
          "application/x-download",
          "application/x-unknown");

  /** The types that clients state mistakenly for a file of another type. */
  private static final Map<String, Set<String>> MISTAKEN = new LinkedHashMap<>();

  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final String PPTX =
      "application/vnd.openxmlformats-officedocument.presentationml.presentation";

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
    known("image/vnd.adobe.photoshop", "psd");
    known("audio/mpeg", "mp3");
    known("audio/mp4", "m4a");
    known("audio/wav", "wav");
    known("audio/ogg", "ogg", "oga", "opus");
    known("audio/flac", "flac");
    known("audio/aac", "aac");
    known("audio/amr", "amr");
    known("audio/x-ms-wma", "wma");
    known("video/mp4", "mp4", "m4v");
    known("video/webm", "webm");
    known("audio/webm", "weba", "webm");
    known("video/quicktime", "mov");
    known("video/mpeg", "mpg", "mpeg");
    known("video/mp2t", "ts", "m2ts", "mts");
    known("video/ogg", "ogv");
    known("video/3gpp", "3gp", "3gpp");
    known("video/x-msvideo", "avi");
    known("video/x-matroska", "mkv");
    known("video/x-flv", "flv");
    known("video/x-ms-wmv", "wmv");
    known("application/pdf", "pdf");
    known("text/plain", "txt", "log", "text");
    known("text/csv", "csv");
    known("text/markdown", "md", "markdown");
    known("application/json", "json");
    known("application/rtf", "rtf");
    known("application/msword", "doc");
    known("application/vnd.ms-excel", "xls");
    known("application/vnd.ms-powerpoint", "ppt");
    known(DOCX, "docx");
    known(XLSX, "xlsx");
    known(PPTX, "pptx");
    known("application/vnd.oasis.opendocument.text", "odt");
    known("application/vnd.oasis.opendocument.spreadsheet", "ods");
    known("application/vnd.oasis.opendocument.presentation", "odp");
    known("application/epub+zip", "epub");
    known("application/vnd.android.package-archive", "apk");
    known("application/zip", "zip");
    known("application/gzip", "gz", "tgz");
    known("application/x-tar", "tar");
    known("application/x-7z-compressed", "7z");
    known("application/vnd.rar", "rar");

    // Windows with Excel.
    mistaken("text/csv", "application/vnd.ms-excel", "text/plain");
    // Windows with Word.
    mistaken("application/rtf", "application/msword", "text/plain");
    // Systems that do not know the extension.
    mistaken("text/markdown", "text/plain");
    mistaken("application/json", "text/plain");
    // iOS and Android use either of the two types for the other one's extension.
    mistaken("image/heic", "image/heif");
    mistaken("image/heif", "image/heic");
    // Old Android versions.
    mistaken("audio/mp4", "video/mp4");
    mistaken("audio/ogg", "application/ogg", "video/ogg");
    mistaken("video/ogg", "application/ogg");
    mistaken("video/3gpp", "audio/3gpp");
    // WeChat, and Android's file choosers, which look at the first bytes.
    mistaken(DOCX, "application/zip", "application/msword");
    mistaken(XLSX, "application/zip", "application/vnd.ms-excel");
    mistaken(PPTX, "application/zip", "application/vnd.ms-powerpoint");
    mistaken("application/vnd.oasis.opendocument.text", "application/zip");
    mistaken("application/vnd.oasis.opendocument.spreadsheet", "application/zip");
    mistaken("application/vnd.oasis.opendocument.presentation", "application/zip");
    mistaken("application/epub+zip", "application/zip");
    mistaken("application/vnd.android.package-archive", "application/zip");
    mistaken("application/msword", "application/x-ole-storage", "application/vnd.ms-office");
    mistaken("application/vnd.ms-excel", "application/x-ole-storage", "application/vnd.ms-office");
    mistaken(
        "application/vnd.ms-powerpoint", "application/x-ole-storage", "application/vnd.ms-office");
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
          "image/heif",
          "image/bmp",
          "audio/mpeg",
          "audio/mp4",
          "audio/wav",
          "audio/ogg",
          "audio/flac",
          "audio/aac",
          "video/mp4",
          "video/webm",
          "video/quicktime",
          "video/x-msvideo",
          "application/pdf",
          "text/plain",
          "text/csv",
          "text/markdown",
          "application/rtf",
          "application/msword",
          "application/vnd.ms-excel",
          "application/vnd.ms-powerpoint",
          DOCX,
          XLSX,
          PPTX,
          "application/zip",
          "application/gzip",
          "application/x-7z-compressed",
          "application/vnd.rar");

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
                            "'" + entry + "' is not a media type. " + suggestion(type))));
      }
    }
    if (types.isEmpty()) {
      throw new IllegalArgumentException(
          "No media type is allowed. Name at least one, or remove the setting.");
    }
    return List.copyOf(types);
  }

  private static String suggestion(String text) {
    Optional<String> meant = ofName("." + text);
    if (meant.isPresent()) {
      return "Write '" + meant.get() + "'.";
    }
    return text.contains(";")
        ? "Write it like 'image/png', and a comma between two types."
        : "Write it like 'image/png'.";
  }

  /** Returns whether clients state {@code type} for files whose type they do not know. */
  public static boolean isGeneric(String type) {
    return GENERIC.contains(type);
  }

  /** Returns whether clients are known to state {@code stated} for files of {@code type}. */
  public static boolean isMistaken(String stated, String type) {
    return MISTAKEN.getOrDefault(type, Set.of()).contains(stated);
  }

  /** Returns {@code types} and the other names that browsers use for them. */
  public static List<String> withAliases(List<String> types) {
    Set<String> all = new LinkedHashSet<>(types);
    MediaTypeAliases.SENT_BY_BROWSERS.entrySet().stream()
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
      TYPE_OF_EXTENSION.putIfAbsent(extension, type);
    }
  }

  private static void mistaken(String type, String... stated) {
    MISTAKEN.put(type, Set.of(stated));
  }
}
