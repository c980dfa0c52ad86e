package io.osspost.spring;

import java.util.List;
import java.util.Map;

/**
 * Settings with one mistake.
 *
 * @param kind what is wrong: the name, the place, the value or the combination
 * @param settings the settings by their names, complete but for the mistake
 * @param wrong the settings of which a message must name one
 * @param meant the text that the message must suggest; empty if any fix will do
 */
record SettingMistake(String kind, Map<String, String> settings, List<String> wrong, String meant) {

  @Override
  public String toString() {
    return kind + ": " + wrong.get(0) + "=" + settings.getOrDefault(wrong.get(0), "");
  }
}
