import { existsSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { docsFiles } from "../src/http/page-paths.ts";
import { readDescription } from "./description.ts";
import { shareFacade } from "./facades.ts";

const facade = shareFacade();
const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

test("the page and its files need no token, have their types and a policy of one origin, and are kept by their ETags", async () => {
  const types = ["text/html", "text/css", "text/css", "text/javascript", "text/javascript"];
  const paths = ["/docs", ...docsFiles.map((file) => `/docs/${file}`)];
  for (const [index, path] of paths.entries()) {
    const response = await facade().get(path, { token: null });
    const body = await response.text();
    expect([path, response.status]).toEqual([path, 200]);
    expect(body.length).toBeGreaterThan(100);
    expect(body).not.toContain("sourceMappingURL");
    const { headers } = response;
    expect(headers.get("content-type")).toBe(`${types[index]}; charset=utf-8`);
    expect(headers.get("cache-control")).toBe("no-cache");
    expect(headers.get("content-security-policy")).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'",
    );
    expect(headers.get("content-security-policy")).not.toMatch(/unsafe|https?:|\*/);
    const etag = headers.get("etag") ?? "";
    const again = await facade().get(path, { token: null, headers: { "If-None-Match": etag } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
  }
  expect((await facade().call("POST", "/docs", { token: null })).status).toBe(405);
  expect((await facade().get("/docs/package.json", { token: null })).status).toBe(401);
  expect((await facade().get("/docs/..%2f..%2fpackage.json", { token: null })).status).toBe(401);
});

test("the package has its own copies of the files, of half a megabyte when packed", () => {
  const folder = new URL("../dist/reference/", import.meta.url);
  expect(existsSync(folder), "build the facade first, with pnpm build").toBe(true);
  const files = ["swagger-ui.css", "swagger-ui-bundle.js", "LICENSE", "NOTICE"];
  const packed = files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, folder))).length, 0);
  expect(packed).toBeLessThan(550_000);
  expect(statSync(new URL("LICENSE", folder)).size).toBeGreaterThan(1000);
});

describe.skipIf(chromiumPath === undefined)(
  `in Chromium${chromiumPath === undefined ? ", which this machine does not have" : ""}`,
  () => {
    test("on a desktop and a phone the page shows the operations, asks its own origin alone, and reports no error", async () => {
      const browser = await chromium.launch({
        executablePath: chromiumPath ?? "",
        args: ["--no-sandbox"],
      });
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      const reports: string[] = [];
      const origins = new Set<string>();
      page.on("console", (message) => void reports.push(message.text()));
      page.on("pageerror", (error) => void reports.push(error.message));
      page.on("request", (request) => {
        if (!request.url().startsWith("data:")) origins.add(new URL(request.url()).origin);
      });
      await page.goto(`${facade().url}/docs`);
      const operation = page.locator("#operations-Contract-patchSummary");
      await operation.locator(".opblock-summary-control").click();
      await operation.getByText("return=minimal").first().waitFor();
      const { paths } = await readDescription(facade());
      const described = Object.values(paths).flatMap((item) => Object.keys(item));
      expect(await page.locator(".opblock").count()).toBe(described.length);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      }

      // A request can be tried from the page, with a token, on the phone too.
      await page.locator("button.authorize").first().click();
      await page
        .locator(".auth-container input")
        .first()
        .fill(await facade().issueToken());
      await page.locator(".auth-btn-wrapper .authorize").first().click();
      await page.locator(".btn-done").first().click();
      const listing = page.locator("#operations-Contract-countApps");
      await listing.locator(".opblock-summary-control").click();
      await listing.locator(".try-out__btn").click();
      await listing.locator(".execute").click();
      await listing.locator(".live-responses-table .response-col_status").getByText("200").waitFor();
      expect(
        await listing
          .locator(".live-responses-table .highlight-code, .live-responses-table .microlight")
          .first()
          .textContent(),
      ).toContain("3");

      expect([...origins]).toEqual([facade().url]);
      expect(reports).toEqual([]);
    });
  },
);
