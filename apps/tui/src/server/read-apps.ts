import { isGraphError } from "@install-summary/core";
import type { InstallSummaryClient, ListedApp } from "@install-summary/core/client";
import { fourAtOnce } from "./four-at-once.ts";

/** How the apps of ids are read. */
export interface ReadAppsOptions {
  /** Is told how many apps have been read. */
  readonly say?: (count: number) => void;
  readonly signal: AbortSignal;
}

/** So many apps are read one by one; beyond that whole pages of the list are quicker. */
const maxSingle = 40;
const pageSize = 1000;

/** The apps with these ids, by their ids in lower case. Those that the server does not know are absent. */
export async function readApps(
  client: Pick<InstallSummaryClient, "getApp" | "pages">,
  ids: readonly string[],
  options: ReadAppsOptions,
): Promise<ReadonlyMap<string, ListedApp>> {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return wanted.size > maxSingle ? fromList(client, wanted, options) : oneByOne(client, [...wanted], options);
}

async function oneByOne(
  client: Pick<InstallSummaryClient, "getApp">,
  ids: readonly string[],
  { say, signal }: ReadAppsOptions,
): Promise<ReadonlyMap<string, ListedApp>> {
  const found = new Map<string, ListedApp>();
  await fourAtOnce(
    ids,
    async (id) => {
      const app = await client.getApp(id, { signal }).catch(absent);
      if (app !== undefined) found.set(app.id.toLowerCase(), app);
    },
    () => say?.(found.size),
  );
  return found;
}

function absent(error: unknown): undefined {
  // A server without the path says so with another code.
  if (isGraphError(error, "ResourceNotFound")) return undefined;
  throw error;
}

async function fromList(
  client: Pick<InstallSummaryClient, "pages">,
  wanted: ReadonlySet<string>,
  { say, signal }: ReadAppsOptions,
): Promise<ReadonlyMap<string, ListedApp>> {
  const found = new Map<string, ListedApp>();
  let count = 0;
  for await (const { apps } of client.pages({ top: pageSize, signal })) {
    for (const app of apps) {
      const id = app.id.toLowerCase();
      if (wanted.has(id)) found.set(id, app);
    }
    count += apps.length;
    say?.(count);
    if (found.size === wanted.size) break;
  }
  return found;
}
