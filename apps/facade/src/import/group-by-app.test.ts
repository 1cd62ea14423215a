import { expect, test } from "vitest";
import { groupByApp, type StagedApp, type StagedRow } from "./group-by-app.ts";

/** Groups rows, and counts the turns that other work had meanwhile. */
async function group(rows: Iterable<StagedRow>) {
  const apps: StagedApp[] = [];
  const done = new AbortController();
  const grouping = (async () => {
    for await (const app of groupByApp(rows)) apps.push(app);
    done.abort();
  })();
  let turns = 0;
  for (; !done.signal.aborted; turns += 1) await new Promise(setImmediate);
  await grouping;
  return { apps, turns };
}

function* staged(count: number, appOf: (index: number) => string): Generator<StagedRow, undefined> {
  for (let index = 0; index < count; index += 1) {
    const appId = appOf(index);
    yield { appId, file: 0, line: index + 2, text: JSON.stringify({ app: { id: appId }, patch: {} }) };
  }
}

test.each([
  { what: "many rows of one app", appOf: () => "a", apps: 1 },
  { what: "two rows each of many apps", appOf: (index: number) => `app ${index >> 1}`, apps: 10_000 },
])("other requests have their turn while $what are grouped", async ({ appOf, apps: expected }) => {
  const { apps, turns } = await group(staged(20_000, appOf));
  expect(apps).toHaveLength(expected);
  expect(apps[0]).toMatchObject({ kind: "several" });
  expect(turns).toBeGreaterThan(20);
});

test("of an app with many rows the first ones are kept, and all are counted", async () => {
  const { apps } = await group(staged(5000, () => "a"));
  expect(apps).toMatchObject([{ kind: "several", appId: "a", count: 5000 }]);
  const [app] = apps;
  expect(app?.kind === "several" && [app.rows.length, app.rows[0]?.line]).toEqual([1001, 2]);
});
