package io.osspost.examples.tenants;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.osspost.emulator.OssEmulator;
import io.osspost.testsupport.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The page in Chromium, which resolves names below {@code localhost} to this machine. */
class TenantsPageIT {
  private static Chromium chromium;
  private static ConfigurableApplicationContext application;
  private static OssEmulator oss;
  private static String port;

  @BeforeAll
  static void start() {
    chromium = Chromium.launch();
    application = TenantsApplication.application().run("--server.port=0");
    oss = application.getBean(OssEmulator.class);
    port = application.getEnvironment().getRequiredProperty("local.server.port");
  }

  @AfterAll
  static void stop() {
    if (application != null) {
      application.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void tenantIsAddedAndUploadsIntoItsBucket() {
    try (Page page = open("acme")) {
      assertThat(page.locator("h1")).hasText("Files of acme");
      assertThat(page.locator("#place")).containsText("acme-files");
      choose(page, "plan.png", 1_000);
      assertThat(page.locator("[data-name='plan.png']")).containsText("stored as uploads/");
      assertThat(oss.keys("acme-files")).hasSize(1);
      assertThat(application.getBean(TenantUploads.class).of("acme"))
          .as("uploads that the page confirmed")
          .hasSize(1);

      assertThat(page.locator("[data-tenant=initech]")).hasCount(0);
      page.locator("#add button").click();
      assertThat(page.locator("[data-tenant=initech]")).containsText("initech-files");
      Chromium.screenshot(page, "tenants");
    }
    try (Page page = open("initech")) {
      assertThat(page.locator("h1")).hasText("Files of initech");
      choose(page, "report.png", 1_000);
      assertThat(page.locator("[data-name='report.png']")).containsText("stored as uploads/");
      assertThat(oss.keys("initech-files")).hasSize(1);
    }
  }

  @Test
  void limitIsThatOfTheTenant() {
    try (Page page = open("globex")) {
      assertThat(page.locator("#place")).containsText("20 KB");
      choose(page, "large.png", 30_000);
      assertThat(page.locator("[data-name='large.png']")).hasClass("failed");
      assertThat(oss.keys("globex-files")).isEmpty();
      Chromium.screenshot(page, "limit");
    }
  }

  @Test
  void pageWithoutATenantOffersTheList() {
    try (Page page = chromium.open("http://127.0.0.1:" + port + "/", 390, 800)) {
      assertThat(page.locator("[data-tenant=acme] a")).isVisible();
      assertThat(page.locator("#files")).isDisabled();
      Chromium.screenshot(page, "no-tenant");
    }
  }

  private static Page open(String tenant) {
    return chromium.open("http://" + tenant + ".localhost:" + port + "/", 900, 900);
  }

  private static void choose(Page page, String name, int size) {
    page.locator("#files").setInputFiles(new FilePayload(name, "image/png", new byte[size]));
  }
}
