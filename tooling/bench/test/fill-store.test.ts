import { startPostgres, whyNoPostgres } from "@tooling/postgres";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fillDatabase } from "../src/store/fill-database.ts";
import { appIdOf, appNameOf } from "../src/sample/apps.ts";
import { fillStore, type FilledStore } from "../src/store/fill-store.ts";

const sizes = [
  [1, 1],
  [300, 300],
  [300, 500],
  [50, 175],
] as const;

test.each(sizes)(
  "a store of %d apps and %d changes is as its changes have made it",
  async (apps, changes) => {
    const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const filled = await fillStore(join(folder, "store.db"), { apps, changes });
    expect(await checkFilled(filled)).toEqual({ apps, changes });
  },
);

test("a database of some apps and changes is as its changes have made it", async ({ skip }) => {
  const missing = whyNoPostgres();
  skip(missing !== undefined, missing);
  await using server = await startPostgres({ settings: { fsync: "off" } });
  for (const [apps, changes] of sizes) {
    const name = await server.createDatabase();
    const query = (text: string) => server.query(text, [], name);
    const filled = await fillDatabase({ url: server.url(name), query }, { apps, changes });
    expect(await checkFilled(filled)).toEqual({ apps, changes });
  }
});

/** Checks that summaries, pages and histories are as the log has made them; gives how much there is. */
async function checkFilled(filled: FilledStore): Promise<Pick<FilledStore, "apps" | "changes">> {
  const { tenant, apps, changes } = filled;
  const log = await readLog();
  expect(log.map(({ sequence }) => sequence)).toEqual(Array.from({ length: changes }, (_, at) => at + 1));
  const states = new Map<string, { readonly version: number; readonly counters: object }>();
  for (const { appId, version, before, after } of log) {
    const state = states.get(appId);
    expect(version).toBe((state?.version ?? 0) + 1);
    expect(state?.counters ?? {}).toMatchObject(before);
    states.set(appId, { version, counters: { ...state?.counters, ...after } });
  }
  expect(states.size).toBe(apps);
  for (const [id, { version, counters }] of states) {
    expect(await tenant.readSummary(id)).toEqual({
      summary: { id, ...counters },
      etag: `W/"${version}"`,
    });
  }
  const page = await tenant.listApps({ top: 1000, count: true });
  const last = apps - 1;
  expect(await tenant.readApp(appIdOf(last))).toMatchObject({ app: { displayName: appNameOf(last) } });
  // Each change names the one before it of its app.
  const [[id = ""] = []] = states;
  const history = await tenant.readChanges({ top: 1000, order: "desc", appId: id });
  expect(history.changes).toEqual(log.filter(({ appId }) => appId === id).toReversed());
  await filled.close();
  return { apps: page.count ?? 0, changes: log.length };

  async function readLog() {
    const { changes: all } = await tenant.readChanges({ top: 1000, order: "asc" });
    return all;
  }
}
