import type { Exchange, PlainResponse } from "@install-summary/core/service";
import type { DocsFile } from "./http/page-paths.ts";
import type { Description } from "./openapi/create-document.ts";
import type { Settings } from "./settings/settings.ts";

/** What the service says about itself. */
export interface Reference {
  /** GET /openapi.json, for the origin that the caller uses. */
  readDescription(exchange: Pick<Exchange, "url">): Promise<PlainResponse>;
  /** GET /docs, and a file that it needs. */
  readPage(exchange: Pick<Exchange, "headers">, file: DocsFile | ""): Promise<PlainResponse>;
}

/** Makes the description of what a facade serves. What makes it is loaded when it is first asked for. */
export function openReference(settings: Settings): Reference {
  let description: Description | undefined;
  return {
    async readDescription({ url: { origin } }) {
      description ??= await describe(settings);
      const { openapi, info, ...rest } = description;
      const body = JSON.stringify({ openapi, info, servers: [{ url: origin }], ...rest });
      return { status: 200, headers: { "Content-Type": "application/json" }, body };
    },
    async readPage(exchange, file) {
      const { readReferencePage } = await import("./reference/reference-page.ts");
      return readReferencePage(exchange, file);
    },
  };
}

async function describe(settings: Settings): Promise<Description> {
  const [{ createDescription }, { packageVersion }] = await Promise.all([
    import("./openapi/create-document.ts"),
    import("./reference/package-files.ts"),
  ]);
  return createDescription(settings, packageVersion());
}
