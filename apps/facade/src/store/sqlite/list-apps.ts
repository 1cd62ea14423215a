import { textKey, type AppCursor, type AppPage, type AppQuery, type StoredApp } from "../store.ts";
import { readStoredApp, text, whole } from "./columns.ts";
import type { Connector } from "./connection.ts";

const start: AppCursor = { nameKey: "", id: "" };

/** How many apps a search looks at before other requests have their turn. */
const sliceLength = 5000;

/** Reads one page of a tenant's apps by keyset, so that a page far behind costs what the first one does. */
export async function listApps(connector: Connector, query: AppQuery): Promise<AppPage> {
  const words = (query.search ?? []).map(textKey).filter((word) => word !== "");
  const most = query.top + 1;
  const apps = await (words.length > 0
    ? searchApps(connector, query, words, most)
    : readApps(connector, query, most));
  const last = apps.length > query.top ? apps[query.top - 1] : undefined;
  return {
    apps: apps.slice(0, query.top),
    ...(last !== undefined && { next: { nameKey: textKey(last.app.displayName ?? ""), id: last.app.id } }),
    ...(query.count === true && { count: await countApps(connector, query.tenantId, words) }),
  };
}

function readApps(
  connector: Connector,
  { tenantId, after = start }: AppQuery,
  most: number,
): Promise<StoredApp[]> {
  return connector.use(({ statements }) =>
    statements.readPage.all(tenantId, after.nameKey, after.id, most).map(readStoredApp),
  );
}

async function searchApps(
  connector: Connector,
  { tenantId, after = start }: AppQuery,
  words: readonly string[],
  most: number,
): Promise<StoredApp[]> {
  const found: StoredApp[] = [];
  for await (const ids of findMatches(connector, tenantId, words, after)) {
    const rows = await connector.use(({ statements }) =>
      ids.slice(0, most - found.length).map((id) => statements.readApp.get(tenantId, id)),
    );
    found.push(...rows.filter((row) => row !== undefined).map(readStoredApp));
    if (found.length === most) break;
  }
  return found;
}

async function countApps(connector: Connector, tenantId: string, words: readonly string[]): Promise<number> {
  if (words.length === 0) {
    const row = await connector.use(({ statements }) => statements.countApps.get(tenantId));
    return whole(row ?? {}, "count");
  }
  let count = 0;
  for await (const ids of findMatches(connector, tenantId, words, start)) count += ids.length;
  return count;
}

/**
 * Goes through a tenant's apps in their order, slice by slice, and yields the ids of those that have every word in
 * their name or publisher. Words are compared as text: `%` and `_` are letters like others.
 */
async function* findMatches(
  connector: Connector,
  tenantId: string,
  words: readonly string[],
  after: AppCursor,
): AsyncGenerator<readonly string[]> {
  let cursor: AppCursor | undefined = after;
  while (cursor !== undefined) {
    const keys: readonly SearchKeys[] = await readKeys(connector, tenantId, cursor);
    yield keys
      .filter((app) => words.every((word) => app.nameKey.includes(word) || app.publisherKey.includes(word)))
      .map((app) => app.id);
    cursor = keys.length < sliceLength ? undefined : keys.at(-1);
    if (cursor !== undefined) await new Promise(setImmediate);
  }
}

interface SearchKeys extends AppCursor {
  readonly publisherKey: string;
}

function readKeys(
  connector: Connector,
  tenantId: string,
  { nameKey, id }: AppCursor,
): Promise<readonly SearchKeys[]> {
  return connector.use(({ statements }) =>
    statements.readKeys.all(tenantId, nameKey, id, sliceLength).map((row) => ({
      id: text(row, "id"),
      nameKey: text(row, "name_key"),
      publisherKey: text(row, "publisher_key"),
    })),
  );
}
