import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import type { StagedRow } from "./group-by-app.ts";
import { openRuns } from "./staged-runs.ts";

test("rows are read in their order, and each one that is added writes few, however long they are", async () => {
  const database = new DatabaseSync(":memory:", { defensive: false });
  onTestFinished(() => database.close());
  const runs = openRuns(database);
  const last = database.prepare("SELECT max(rowid) AS count FROM staged");
  const count = (): number => Number(last.get()?.["count"] ?? 0);
  const added: StagedRow[] = [];
  let most = 0;
  for (let line = 1; line <= 10_200; line += 1) {
    // After two runs of short rows the others fill a run with some tens of them.
    const text = "x".repeat(line > 10_000 ? 50_000 : 10);
    const row = { appId: String((line * 7919) % 1000).padStart(4, "0"), file: 0, line, text };
    const before = count();
    runs.add(row);
    most = Math.max(most, count() - before);
    added.push(row);
  }
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(200);
  await runs.end();
  expect(Array.from(runs.read(), placeOf)).toEqual(added.map(placeOf).toSorted());
});

function placeOf({ appId, line }: StagedRow): string {
  return `${appId} ${String(line).padStart(6, "0")}`;
}
