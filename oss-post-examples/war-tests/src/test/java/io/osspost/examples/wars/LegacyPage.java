package io.osspost.examples.wars;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The pages of legacy-war. */
final class LegacyPage {
  private LegacyPage() {}

  static void logIn(Page page, String name) {
    page.locator("input[name=name]").fill(name);
    page.locator("input[name=password]").fill(name);
    page.locator("button").click();
  }

  static Locator row(Page page, String name) {
    return page.locator("li[data-name='" + name + "']");
  }

  static String key(Page page, String name) {
    return row(page, name).locator("span").textContent().substring("Stored as ".length());
  }
}
