package io.osspost.emulator.internal.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.osspost.emulator.internal.protocol.OssError;
import io.osspost.emulator.internal.protocol.OssRefusedException;
import java.net.URLDecoder;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tags of an upload, as the header {@code x-oss-tagging} has them.
 *
 * <p>Source: OSS documentation, "Add tags to an object".
 */
final class ObjectTags {
  private static final int MOST = 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 +=._:/-]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9 +=._:/-]{0,256}");

  private ObjectTags() {}

  /** Rejects tags that OSS would not accept. */
  static void check(String header) {
    Set<String> names = new HashSet<>();
    for (String tag : header.split("&", -1)) {
      int end = tag.indexOf('=');
      String name = decoded(end < 0 ? tag : tag.substring(0, end));
      String value = end < 0 ? "" : decoded(tag.substring(end + 1));
      if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches() || !names.add(name)) {
        throw invalid("tag '" + tag + "' is malformed or repeated");
      }
    }
    if (names.size() > MOST) {
      throw invalid("there are " + names.size() + " tags; an object has at most " + MOST);
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("'" + text + "' is not percent-encoded");
    }
  }

  private static OssRefusedException invalid(String because) {
    return OssError.of(400, "InvalidTag", "The tag you have provided is invalid.").because(because);
  }
}
