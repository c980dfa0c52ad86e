package io.osspost.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.wire.PercentEncoding;
import io.osspost.wire.UrlText;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks a profile's settings for objects and for OSS's responses. Source: OSS documentation,
 * "PostObject".
 */
final class ObjectSettings {
  private static final Set<String> ACLS =
      Set.of("default", "private", "public-read", "public-read-write");
  private static final Set<String> STORAGE_CLASSES =
      Set.of("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive");
  private static final int MAX_METADATA_BYTES = 8 << 10;

  private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";]+)");

  private static final String FILE_NAME_PLACEHOLDER = "{filename}";
  private static final Pattern NAMED =
      Pattern.compile("(attachment|inline); *filename=\\{filename}");

  private static final Set<String> ENCRYPTIONS = Set.of("AES256", "KMS", "SM4");
  private static final Pattern ENCODINGS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+(, ?[A-Za-z0-9!#$%&'*+.^_`|~-]+)*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9 +=._:/-]+");
  private static final Pattern HTTP_DATE =
      Pattern.compile(
          "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT");

  private static final int MAX_TAGS = 10;
  private static final int MAX_TAG_NAME = 128;
  private static final int MAX_TAG_VALUE = 256;

  private ObjectSettings() {}

  static int successStatus(int status) {
    if (status != 200 && status != 201 && status != 204) {
      throw new IllegalArgumentException(
          "The success status must be 200, 201 or 204, but is " + status + ".");
    }
    return status;
  }

  static URI successRedirect(URI page) {
    if (page.getHost() == null || !String.valueOf(page.getScheme()).matches("https?")) {
      throw new IllegalArgumentException(
          "'"
              + UrlText.of(page)
              + "' is not the URL of a page. Write it like 'https://example.com/done'.");
    }
    return page;
  }

  /** Returns the URL with a slash at its end. */
  static URI publicUrl(URI url) {
    if (url.getHost() == null
        || !String.valueOf(url.getScheme()).matches("https?")
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'"
              + UrlText.of(url)
              + "' is not the URL of a site. Write scheme, host and path only, like"
              + " 'https://img.example.com'.");
    }
    return url.toString().endsWith("/") ? url : URI.create(url + "/");
  }

  static String acl(String acl) {
    return oneOf(acl, ACLS);
  }

  static String storageClass(String storageClass) {
    return oneOf(storageClass, STORAGE_CLASSES);
  }

  /** Returns the metadata under lower-case names. */
  static Map<String, String> metadata(Map<String, String> metadata) {
    Map<String, String> checked = new LinkedHashMap<>();
    int bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      String name = entry.getKey().toLowerCase(Locale.ROOT);
      if (!name.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException(
            "'"
                + entry.getKey()
                + "' is not a valid name of metadata. Use letters, digits and hyphens.");
      }
      bytes += (name + entry.getValue()).getBytes(UTF_8).length;
      checked.put(name, printable(entry.getValue()));
    }
    if (bytes > MAX_METADATA_BYTES) {
      throw new IllegalArgumentException(
          "The metadata has "
              + bytes
              + " bytes; OSS accepts "
              + MAX_METADATA_BYTES
              + ". Shorten it.");
    }
    return checked;
  }

  private static String oneOf(String value, Set<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is unknown. Write one of " + known.stream().sorted().toList() + ".");
    }
    return value;
  }

  /**
   * Returns a value that OSS stores as the object's {@code Content-Disposition}.
   *
   * <p>Source: RFC 6266 and RFC 8187: a file name outside ASCII is written as {@code filename*}.
   */
  static String disposition(String value) {
    if (value.contains(FILE_NAME_PLACEHOLDER) && !NAMED.matcher(value.strip()).matches()) {
      throw new IllegalArgumentException(
          "'"
              + replaced(value)
              + "' contains {filename} in another place. Write 'attachment; filename={filename}' or"
              + " 'inline; filename={filename}'.");
    }
    return ascii(value, "Write a file name as 'filename*=UTF-8\'\'" + encodedName(value) + "'.");
  }

  private static String encodedName(String value) {
    Matcher name = FILE_NAME.matcher(value);
    return PercentEncoding.component(replaced(name.find() ? name.group(1) : value));
  }

  /** HTTP clients send other characters in different encodings, so that no signature fits. */
  private static String ascii(String value, String fix) {
    if (!printable(value).chars().allMatch(c -> c < 0x7F)) {
      throw new IllegalArgumentException(
          "'" + replaced(value) + "' is sent as a header, which has ASCII characters only. " + fix);
    }
    return value.strip();
  }

  /** Returns the type of a disposition with the name of the file; empty for any other value. */
  static Optional<String> typeOfNamedDisposition(String value) {
    Matcher named = NAMED.matcher(value);
    return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
  }

  static String cacheControl(String value) {
    return ascii(value, "Write directives like 'public, max-age=31536000'.");
  }

  static String contentEncoding(String value) {
    if (!ENCODINGS.matcher(value.strip()).matches()) {
      throw new IllegalArgumentException(
          "'" + printable(value) + "' is not a content encoding. Write one like 'gzip'.");
    }
    return value.strip();
  }

  /**
   * Returns a date in the only form that servers may send. Browsers take any other text for a time
   * in the past.
   *
   * <p>Source: RFC 9110, "Date/Time Formats".
   */
  static String expires(String value) {
    String date = ascii(value, "Write a date.");
    if (!HTTP_DATE.matcher(date).matches()) {
      throw notDate(value, null);
    }
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.parse(date);
    } catch (DateTimeParseException e) {
      throw notDate(value, e);
    }
    return date;
  }

  private static IllegalArgumentException notDate(
      String value, @Nullable DateTimeParseException cause) {
    return new IllegalArgumentException(
        "'"
            + value
            + "' is not the date of an HTTP header. Write it like 'Fri, 01 Jan 2027 00:00:00 GMT'.",
        cause);
  }

  static String encryption(String value) {
    return oneOf(value, ENCRYPTIONS);
  }

  /**
   * Returns tags, written like {@code state=new&shelf=holidays}, as OSS reads them.
   *
   * <p>Source: OSS documentation, "Add tags to an object".
   */
  static String tagging(String value) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : value.strip().split("&", -1)) {
      int end = tag.indexOf('=');
      String name = end < 0 ? tag : tag.substring(0, end);
      String text = end < 0 ? "" : tag.substring(end + 1);
      if (!TAG.matcher(name).matches()
          || name.length() > MAX_TAG_NAME
          || text.length() > MAX_TAG_VALUE
          || !(text.isEmpty() || TAG.matcher(text).matches())) {
        throw new IllegalArgumentException(
            "'"
                + replaced(tag)
                + "' is not a tag. Write 'name=value' with letters, digits, spaces and + - = . _ :"
                + " /, at most 128 and 256 characters, and '&' between tags.");
      }
      if (tags.put(PercentEncoding.component(name), PercentEncoding.component(text)) != null) {
        throw new IllegalArgumentException("There are two tags '" + name + "'. Remove one.");
      }
    }
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException(
          "An object has at most " + MAX_TAGS + " tags. Remove some of the " + tags.size() + ".");
    }
    return tags.entrySet().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining("&"));
  }

  /** UTF-8 cannot encode unpaired surrogates. */
  private static String replaced(String value) {
    return new String(value.getBytes(UTF_8), UTF_8);
  }

  static String printable(String value) {
    if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "'"
              + value.replaceAll("\\p{Cntrl}", "?")
              + "' is blank or contains a control character.");
    }
    return value;
  }
}
