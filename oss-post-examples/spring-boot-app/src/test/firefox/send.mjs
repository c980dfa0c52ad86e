// Sends files with the page of the tests in Firefox: PROGRAM, then pairs of ADDRESS and FILE. Prints
// one line of JSON for each. All pairs share the storage of one browser.
import puppeteer from "puppeteer-core";

const [executablePath, ...pairs] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  for (let i = 0; i < pairs.length; i += 2) {
    await page.goto(pairs[i]);
    await page.waitForSelector("body[data-ready]");
    const input = await page.$("input");
    await input.uploadFile(pairs[i + 1]);
    await page.waitForSelector("#result:not(:empty)");
    const text = (selector) => page.$eval(selector, (element) => element.textContent);
    console.log(JSON.stringify({ ...JSON.parse(await text("#result")), violations: await text("#violations") }));
  }
} finally {
  await browser.close();
}
