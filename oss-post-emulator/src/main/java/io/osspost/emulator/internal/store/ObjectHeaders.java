package io.osspost.emulator.internal.store;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The properties of an object besides its content. Immutable.
 *
 * @param contentType the resulting type, such as {@code image/jpeg}
 * @param acl the object's own ACL
 * @param stored headers of every read, such as {@code Cache-Control} and {@code x-oss-meta-*}; the
 *     names are not case-sensitive
 */
public record ObjectHeaders(String contentType, ObjectAcl acl, Map<String, String> stored) {
  public ObjectHeaders {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(stored);
    stored = Collections.unmodifiableMap(sorted);
  }

  public ObjectHeaders with(ObjectAcl newAcl) {
    return new ObjectHeaders(contentType, newAcl, stored);
  }
}
