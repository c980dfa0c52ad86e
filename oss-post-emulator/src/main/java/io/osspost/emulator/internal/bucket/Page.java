package io.osspost.emulator.internal.bucket;

import io.osspost.emulator.internal.store.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list: keys under a prefix, and the folders among them, which share one maximum.
 * Immutable.
 *
 * @param keys the listed keys
 * @param folders the common prefixes up to the delimiter
 * @param truncated whether there are more
 * @param last the last entry, after which the next page starts; empty if nothing is listed
 */
public record Page(List<String> keys, List<String> folders, boolean truncated, String last) {

  /**
   * Returns a page of {@code all}.
   *
   * @param delimiter ends a folder; empty for none
   * @param after lists only later entries: a key, or a folder of an earlier page
   */
  public static Page of(
      NavigableMap<String, ?> all, String prefix, String delimiter, String after, int most) {
    List<String> keys = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    String last = "";
    @Nullable String key =
        KeyOrder.UTF_8.compare(prefix, after) > 0 ? all.ceilingKey(prefix) : all.higherKey(after);
    while (key != null && key.startsWith(prefix)) {
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String folder = end < 0 ? "" : key.substring(0, end + delimiter.length());
      if (end >= 0 && KeyOrder.UTF_8.compare(folder, after) <= 0) {
        key = after(all, folder, key);
        continue;
      }
      if (keys.size() + folders.size() == most) {
        return new Page(keys, folders, most > 0, last);
      }
      if (end < 0) {
        keys.add(key);
        last = key;
        key = all.higherKey(key);
      } else {
        folders.add(folder);
        last = folder;
        key = after(all, folder, key);
      }
    }
    return new Page(keys, folders, false, last);
  }

  /** Returns the first key that is not in {@code folder}. */
  private static @Nullable String after(NavigableMap<String, ?> all, String folder, String from) {
    @Nullable String key = from;
    while (key != null && key.startsWith(folder)) {
      key = all.higherKey(key);
    }
    return key;
  }
}
