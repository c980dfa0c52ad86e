package io.osspost.emulator.internal.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares pages with a list made the slow way: all of it, filtered and grouped. */
class PageTest {
  private static final String LETTERS = "ab/-";

  @Test
  void consecutivePagesCoverTheListOnce() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      NavigableMap<String, Integer> all = new TreeMap<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        all.put("k" + text(random, 5), i);
      }
      String prefix = random.nextBoolean() ? "" : "k" + text(random, 2);
      String delimiter = List.of("", "/", "-", "a/").get(random.nextInt(4));
      for (int most : new int[] {1, 2, 3, 1000}) {
        assertThat(paged(all, prefix, delimiter, most))
            .as("%s under '%s' by '%s'", all.keySet(), prefix, delimiter)
            .isEqualTo(expected(all, prefix, delimiter));
      }
    }
  }

  @Test
  void pageOfNothingIsNotTruncated() {
    assertThat(Page.of(new TreeMap<>(java.util.Map.of("a", 1)), "", "", "", 0).truncated())
        .isFalse();
  }

  private static List<String> paged(
      NavigableMap<String, Integer> all, String prefix, String delimiter, int most) {
    List<String> found = new ArrayList<>();
    String after = "";
    while (true) {
      Page page = Page.of(all, prefix, delimiter, after, most);
      assertThat(page.keys().size() + page.folders().size()).isLessThanOrEqualTo(most);
      List<String> both = new ArrayList<>(page.keys());
      both.addAll(page.folders());
      both.sort(null);
      found.addAll(both);
      if (!page.truncated()) {
        return found;
      }
      after = page.last();
    }
  }

  private static List<String> expected(
      NavigableMap<String, Integer> all, String prefix, String delimiter) {
    Set<String> found = new LinkedHashSet<>();
    for (String key : all.keySet()) {
      if (key.startsWith(prefix)) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        found.add(end < 0 ? key : key.substring(0, end + delimiter.length()));
      }
    }
    List<String> sorted = new ArrayList<>(found);
    sorted.sort(null);
    return sorted;
  }

  private static String text(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
