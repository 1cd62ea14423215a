import { mobileAppPageSchema } from "@install-summary/core";
import { changesPageSchema, changesPath } from "../load/change-schema.ts";
import { versionOf } from "../load/version.ts";
import type { LoggedChange, StoredSummary, StoreEnd } from "./end.ts";

/** Where a store is read: the origin of a facade that serves, and a token of the tenant. */
export interface EndSource {
  readonly origin: string;
  readonly token: string;
}

/** Reads all summaries and the whole log of a tenant over HTTP, while nothing changes. */
export async function readEnd(source: EndSource): Promise<StoreEnd> {
  const summaries = new Map<string, StoredSummary>();
  let path: string | undefined = "/beta/deviceAppManagement/mobileApps?$expand=installSummary&$select=id";
  while (path !== undefined) {
    const page = mobileAppPageSchema.parse(await readJson(source, path));
    for (const { id, installSummary } of page.value) {
      if (installSummary === undefined) throw new Error(`App ${id} is listed without its summary.`);
      const { "@odata.etag": etag, ...counters } = installSummary;
      summaries.set(id, { version: versionOf(etag), counters });
    }
    const next: string | undefined = page["@odata.nextLink"];
    path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search;
  }
  const log: LoggedChange[] = [];
  for (let after: string | undefined; ;) {
    const page = changesPageSchema.parse(await readJson(source, changesPath(after, 1000)));
    if (page.value.length === 0) return { log, summaries };
    log.push(...page.value);
    after = page.next;
  }
}

async function readJson({ origin, token }: EndSource, path: string): Promise<unknown> {
  const response = await fetch(origin + path, { headers: { Authorization: `Bearer ${token}` } });
  if (response.status !== 200)
    throw new Error(`${path} responded ${response.status}: ${await response.text()}`);
  return response.json();
}
