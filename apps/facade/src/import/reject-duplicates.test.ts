import { expect, test } from "vitest";
import { groupByApp, type StagedApp, type StagedRow } from "./group-by-app.ts";
import { rejectDuplicates } from "./reject-duplicates.ts";

const appId = "06a792e9-92e9-06a7-e992-a706e992a706";

function row(line: number, { file = 0, says }: { file?: number; says?: object } = {}): StagedRow {
  return { appId, file, line, text: JSON.stringify(says ?? { app: { id: appId }, patch: {} }) };
}

async function groupsOf(rows: readonly StagedRow[]): Promise<readonly StagedApp[]> {
  const apps: StagedApp[] = [];
  for await (const app of groupByApp(rows)) apps.push(app);
  return apps;
}

/** What becomes of the rows of one app: the problems of the rejected ones, or none for one that is read. */
async function problemsOf(
  rows: readonly StagedRow[],
  names: readonly string[] = [],
): Promise<readonly string[] | "one"> {
  const [app, ...others] = await groupsOf(rows);
  expect(others).toEqual([]);
  if (app?.kind !== "several") return "one";
  expect(app.count).toBe(rows.length);
  return rejectDuplicates(app, names).map(({ problem }) => problem);
}

test("each of two rows names the other's line", async () => {
  const [app] = await groupsOf([row(3), row(7)]);
  expect(app?.kind === "several" && rejectDuplicates(app, [])).toEqual([
    {
      line: 3,
      id: appId,
      column: "ApplicationId",
      problem: "The app is also in line 7; one row per app is read.",
    },
    {
      line: 7,
      id: appId,
      column: "ApplicationId",
      problem: "The app is also in line 3; one row per app is read.",
    },
  ]);
});

test("a row that has a fault of its own keeps it", async () => {
  const faulty = { column: "FailedDeviceCount", problem: "FailedDeviceCount must be a number." };
  expect(await problemsOf([row(3), row(7), row(9, { says: faulty })])).toEqual([
    "The app is also in lines 7 and 9; one row per app is read.",
    "The app is also in lines 3 and 9; one row per app is read.",
    "FailedDeviceCount must be a number. The app is also in lines 3 and 7; one row per app is read.",
  ]);
});

test("of many lines ten are named, and of many rows a thousand are kept", async () => {
  const rows = Array.from({ length: 1500 }, (_, index) => row(index + 2));
  const problems = await problemsOf(rows);
  expect(problems).toHaveLength(1001);
  expect(problems[0]).toBe(
    "The app is also in lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 1489 more; one row per app is read.",
  );
  expect(problems.at(-1)).toContain("lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 1489 more;");
});

test("the same row in several pages counts once, and any difference rejects all of them", async () => {
  const names = ["p0.json", "p1.json"];
  expect(await problemsOf([row(3, { file: 1 }), row(7, { file: 2 })], names)).toBe("one");
  const says = { app: { id: appId }, patch: { failedDeviceCount: 1 } };
  expect(await problemsOf([row(3, { file: 1 }), row(7, { file: 2, says })], names)).toEqual([
    "The app is also in p1.json, line 7; one row per app is read.",
    "The app is also in p0.json, line 3; one row per app is read.",
  ]);
  expect(await problemsOf([row(3, { file: 1 }), row(4, { file: 1 }), row(7, { file: 2 })], names)).toEqual([
    "The app is also in p0.json, line 4 and p1.json, line 7; one row per app is read.",
    "The app is also in p0.json, line 3 and p1.json, line 7; one row per app is read.",
    "The app is also in p0.json, line 3 and p0.json, line 4; one row per app is read.",
  ]);
});
