import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium, type Page } from "playwright-core";

const paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where Chromium is, if it is installed. */
export const chromiumPath: string | undefined = paths.find(existsSync);

/** A site of one page on loopback. */
export interface Site extends AsyncDisposable {
  readonly origin: string;
  /** Opens the page in Chromium, which trusts one certificate of a server. */
  open(certificate: string): Promise<Page & AsyncDisposable>;
}

/** Serves a file of HTML. */
export async function serveSite(file: string): Promise<Site> {
  const server = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(readFileSync(file));
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const address = server.address();
  const origin = `http://localhost:${typeof address === "object" ? address?.port : ""}`;
  return {
    origin,
    async open(certificate) {
      const args = [`--ignore-certificate-errors-spki-list=${keyHash(certificate)}`];
      // Chromium's sandbox does not start for root.
      if (process.getuid?.() === 0) args.push("--no-sandbox");
      const browser = await chromium.launch({ executablePath: chromiumPath ?? "", args });
      const page = await browser.newPage();
      await page.goto(origin);
      return Object.assign(page, { [Symbol.asyncDispose]: () => browser.close() });
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The hash of a certificate's key, by which Chromium is told to trust it. */
function keyHash(file: string): string {
  const { publicKey } = new X509Certificate(readFileSync(file));
  const key = publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}
