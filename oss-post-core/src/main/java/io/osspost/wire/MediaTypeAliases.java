package io.osspost.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Other names of media types, and the names under which this library knows those types.
 *
 * <p>Sources: the alias list of freedesktop.org's shared-mime-info 2.2 (all platforms that use it),
 * Windows' registry after the installation of Office or WPS Office ({@code wps-office}, {@code
 * x-zip-compressed}), Internet Explorer's type detection ({@code pjpeg}, {@code x-png}), Apple's
 * uniform type identifiers ({@code x-m4a}, {@code vnd.wave}, {@code text/rtf}), and Android's list
 * of types ({@code comma-separated-values}).
 */
final class MediaTypeAliases {
  /** The names that browsers send for a file. Policies of directory grants allow them too. */
  static final Map<String, String> SENT_BY_BROWSERS = new LinkedHashMap<>();

  /** All names. A request may state any of them, and the server replaces it. */
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    browsers("image/jpeg", "image/jpg", "image/pjpeg");
    browsers("image/png", "image/x-png");
    browsers("image/bmp", "image/x-ms-bmp");
    browsers("audio/mpeg", "audio/mp3");
    browsers("audio/mp4", "audio/x-m4a");
    browsers("audio/wav", "audio/x-wav", "audio/vnd.wave");
    browsers("audio/flac", "audio/x-flac");
    browsers("video/mp4", "video/x-m4v");
    browsers("video/x-msvideo", "video/avi");
    browsers("text/csv", "text/comma-separated-values");
    browsers("text/markdown", "text/x-markdown");
    browsers("application/rtf", "text/rtf");
    browsers("application/zip", "application/x-zip-compressed");
    browsers("application/gzip", "application/x-gzip");
    browsers("application/vnd.rar", "application/x-rar-compressed");

    others("image/jpeg", "image/jfif", "image/x-citrix-jpeg");
    others("image/png", "image/apng", "image/x-citrix-png");
    others("image/bmp", "image/x-bmp", "image/x-windows-bmp");
    others("image/tiff", "image/tif", "image/x-tif", "image/x-tiff");
    others("image/avif", "image/avif-sequence");
    others("image/heic", "image/heic-sequence");
    others("image/heif", "image/heif-sequence");
    others(
        "image/vnd.adobe.photoshop",
        "application/photoshop",
        "application/x-photoshop",
        "image/photoshop",
        "image/psd",
        "image/x-photoshop",
        "image/x-psd");
    others(
        "audio/mpeg",
        "audio/mpeg3",
        "audio/mpg",
        "audio/x-mp3",
        "audio/x-mpeg",
        "audio/x-mpeg-3",
        "audio/x-mpg");
    others("audio/mp4", "audio/m4a", "audio/x-mp4");
    others("audio/wav", "audio/wave", "audio/x-pn-wav");
    others("audio/aac", "audio/x-aac", "audio/x-hx-aac-adts");
    others("audio/ogg", "audio/opus", "audio/x-ogg");
    others("audio/x-ms-wma", "audio/wma");
    others("video/mp4", "video/mp4v-es", "video/m4v");
    others(
        "video/mpeg",
        "video/mpeg-system",
        "video/mpg",
        "video/x-mpeg",
        "video/x-mpeg-system",
        "video/x-mpeg2",
        "video/x-mpg");
    others("video/quicktime", "video/mov", "video/x-quicktime");
    others(
        "video/x-msvideo",
        "application/x-troff-msvideo",
        "video/divx",
        "video/msvideo",
        "video/vnd.divx",
        "video/x-avi");
    others("video/x-matroska", "application/x-matroska", "video/mkv", "video/x-mkv");
    others("video/ogg", "video/x-ogg");
    others("video/3gpp", "video/3gp");
    others("video/x-flv", "application/x-flash-video", "video/flv");
    others("video/x-ms-wmv", "video/wmv");
    others(
        "application/pdf",
        "application/acrobat",
        "application/nappdf",
        "application/wps-office.pdf",
        "application/x-pdf",
        "image/pdf",
        "text/pdf");
    others("text/csv", "application/csv", "application/x-csv", "text/x-csv");
    others("text/csv", "text/x-comma-separated-values");
    others("application/json", "text/json", "text/x-json");
    others("application/rtf", "application/x-rtf", "text/richtext");
    others(
        "application/msword",
        "application/doc",
        "application/vnd.ms-word",
        "application/vnd.msword",
        "application/wps-office.doc",
        "application/x-msword",
        "zz-application/zz-winassoc-doc");
    others(
        "application/vnd.ms-excel",
        "application/excel",
        "application/msexcel",
        "application/vnd.msexcel",
        "application/wps-office.xls",
        "application/x-excel",
        "application/x-msexcel",
        "zz-application/zz-winassoc-xls");
    others(
        "application/vnd.ms-powerpoint",
        "application/mspowerpoint",
        "application/powerpoint",
        "application/wps-office.ppt",
        "application/x-mspowerpoint");
    others(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/wps-office.docx");
    others(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/wps-office.xlsx");
    others(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/wps-office.pptx");
    others("application/zip", "application/x-zip");
    others("application/gzip", "application/x-compressed-tar", "application/x-tgz");
    others("application/x-tar", "application/tar", "application/x-gtar");
    others("application/x-7z-compressed", "application/7z", "application/x-7z");
    others("application/vnd.rar", "application/rar", "application/x-rar");
  }

  private MediaTypeAliases() {}

  /** Returns the known name of {@code type}, or {@code type} itself if it is not an alias. */
  static String resolve(String type) {
    return ALL.getOrDefault(type, type);
  }

  private static void browsers(String type, String... aliases) {
    for (String alias : aliases) {
      SENT_BY_BROWSERS.put(alias, type);
      ALL.put(alias, type);
    }
  }

  private static void others(String type, String... aliases) {
    for (String alias : aliases) {
      ALL.put(alias, type);
    }
  }
}
