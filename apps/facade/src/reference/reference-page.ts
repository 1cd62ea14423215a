import type { Exchange, PlainResponse } from "@install-summary/core/service";
import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { DocsFile } from "../http/page-paths.ts";
import { referenceFile } from "./package-files.ts";

/** A file that a browser keeps and asks for again, so that a new version of the facade is seen at once. */
interface Page {
  readonly type: string;
  readonly body: string;
  readonly etag: string;
}

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Install Summary: reference</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="stylesheet" href="/docs/reference.css" />
  </head>
  <body>
    <main id="reference"></main>
    <noscript>This page needs JavaScript. The same as JSON: <a href="/openapi.json">/openapi.json</a></noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/reference.js"></script>
  </body>
</html>
`;

// Without validatorUrl the page would ask a server on the web whether the description is valid.
const script = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

// On a phone a table may be wider than the screen; the page is not.
const style = `.swagger-ui .opblock-body { overflow-x: auto; }
.swagger-ui .opblock-body td, .swagger-ui .opblock-body code { overflow-wrap: anywhere; }
.swagger-ui .info { margin: 24px 0; }
`;

/** What the page has beside the files of Swagger UI. */
const own: ReadonlyMap<string, string> = new Map([
  ["", html],
  ["reference.js", script],
  ["reference.css", style],
]);

/** Where the page may load from and send to: its own origin alone. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Those that were read. A file that cannot be read, as when too many are open, is read again by the next request. */
const pages = new Map<string, Page>();

/** GET /docs and the files that it needs, all of this package. */
export async function readReferencePage(
  { headers }: Pick<Exchange, "headers">,
  name: DocsFile | "",
): Promise<PlainResponse> {
  const { type, body, etag } = pages.get(name) ?? (await makePage(name));
  const isKept = headers.get("if-none-match")?.includes(etag) === true;
  return {
    status: isKept ? 304 : 200,
    headers: {
      ETag: etag,
      "Cache-Control": "no-cache",
      "Content-Security-Policy": policy,
      "Referrer-Policy": "no-referrer",
      ...(!isKept && { "Content-Type": `${type}; charset=utf-8` }),
    },
    body: isKept ? null : body,
  };
}

async function makePage(name: DocsFile | ""): Promise<Page> {
  const body = await bodyOf(name);
  const page = { type: typeOf(name), body, etag: `"${hash("sha256", body, "base64url").slice(0, 22)}"` };
  pages.set(name, page);
  return page;
}

async function bodyOf(name: DocsFile | ""): Promise<string> {
  const ready = own.get(name);
  if (ready !== undefined) return ready;
  const text = await readFile(referenceFile(name), "utf8");
  // The map is not part of the package.
  return text.replace(/\n\/[/*]# sourceMappingURL=.*\s*$/, "\n");
}

function typeOf(name: string): string {
  if (name === "") return "text/html";
  return name.endsWith(".css") ? "text/css" : "text/javascript";
}
