package io.osspost.examples;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The example's page in a browser, with a user's actions and observations. */
record UploadPage(Page page, CDPSession devTools) {
  private static final double PATIENCE = 60_000;
  private static final Locator.WaitForOptions ATTACHED =
      new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED);

  UploadPage(Page page) {
    this(page, page.context().newCDPSession(page));
  }

  /** Selects how files go to OSS: {@code form}, {@code url} or {@code sdk}. */
  void way(String way) {
    page.locator("[name=way][value=" + way + "]").check();
  }

  /** Waits until the page's script listens, because after a login the page may still be loading. */
  void choose(Path... files) {
    page.locator("#files").waitFor(ATTACHED);
    page.waitForLoadState();
    page.locator("#files").setInputFiles(files);
  }

  Locator row(Path file) {
    return page.locator("li.upload[data-name=\"" + file.getFileName() + "\"]");
  }

  /** Returns the name of the object, as soon as the page reports that the file is stored. */
  String storedKey(Path file) {
    is(file, "stored");
    return row(file).getAttribute("data-key");
  }

  void is(Path file, String state) {
    assertThat(row(file))
        .hasAttribute(
            "data-state", state, new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
  }

  /** Waits until that share of the file is sent. */
  void sent(Path file, double share) {
    pressWhenSent(file, share, "");
  }

  /**
   * Then presses a button of its row from within the page, because on a busy machine the test would
   * be late.
   */
  void pressWhenSent(Path file, double share, String button) {
    row(file)
        .evaluate(
            "(row, [share, button]) => new Promise(done => {"
                + " const watch = setInterval(() => {"
                + " if (row.querySelector('progress').position <= share) return;"
                + " clearInterval(watch);"
                + " if (button) row.querySelector(button).click();"
                + " done(); }, 5) })",
            new Object[] {share, button});
  }

  /** Presses buttons of its row one right after the other, without other events between them. */
  void pressNow(Path file, String... buttons) {
    row(file)
        .evaluate(
            "(row, buttons) => buttons.forEach(button => row.querySelector(button).click())",
            List.of(buttons));
  }

  /** Returns the uploads of which the server heard, by name of the object. */
  Locator confirmed(String key) {
    return page.locator("#states li[data-key=\"" + key + "\"][data-state=stored]");
  }

  boolean scrollsSideways() {
    return (Boolean)
        page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
  }

  /** Limits the browser's upload speed; -1 is no limit. */
  void throttle(long bytesPerSecond) {
    JsonObject conditions = new JsonObject();
    conditions.addProperty("offline", false);
    conditions.addProperty("latency", 0);
    conditions.addProperty("downloadThroughput", -1);
    conditions.addProperty("uploadThroughput", bytesPerSecond);
    devTools.send("Network.emulateNetworkConditions", conditions);
  }

  static Path writeRandom(Path file, long bytes) throws IOException {
    Random random = new Random(5);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < bytes; written += block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(block.length, bytes - written));
      }
    }
    return file;
  }

  static String sha256(InputStream content) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (content) {
      byte[] buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
