package io.osspost.emulator.internal.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of an object besides its content. Immutable.
 *
 * @param contentType the resulting type, such as {@code image/jpeg}
 * @param acl the object's own ACL
 * @param stored what {@link #read} returns, such as {@code Cache-Control} and {@code x-oss-meta-*},
 *     and the tags; the names are not case-sensitive
 */
public record ObjectHeaders(String contentType, ObjectAcl acl, Map<String, String> stored) {
  public ObjectHeaders {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(stored);
    stored = Collections.unmodifiableMap(sorted);
  }

  /** The header with which tags are sent. Reads only return their number. */
  public static final String TAGGING = "x-oss-tagging";

  /** Returns the headers of every read. */
  public Map<String, String> read() {
    String tags = stored.get(TAGGING);
    if (tags == null) {
      return stored;
    }
    Map<String, String> read = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    read.putAll(stored);
    read.remove(TAGGING);
    read.put("x-oss-tagging-count", String.valueOf(tags.split("&", -1).length));
    return Collections.unmodifiableMap(read);
  }

  public ObjectHeaders with(ObjectAcl newAcl) {
    return new ObjectHeaders(contentType, newAcl, stored);
  }
}
