import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { runFacade, startFacade } from "./programs.ts";
import { openTenant, otherTenantId } from "./samples.ts";
import { expectWholeLog, openTestStore, readLog, temporaryFolder } from "./stores.ts";

const columns = ["Installed", "Failed", "PendingInstall", "NotApplicable", "NotInstalled"].flatMap(
  (state) => [`${state}DeviceCount`, `${state}UserCount`],
);
const header = ["ApplicationId", "DisplayName", ...columns].join(",");

function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

function line(index: number, counters: number | string = index): string {
  return [idOf(index), `App ${index}`, ...columns.map(() => counters)].join(",");
}

function linesOf(text: string): readonly unknown[] {
  return text
    .trimEnd()
    .split("\n")
    .map((one) => JSON.parse(one));
}

/** A folder in which a person types, with a report of these lines. */
function desk(...lines: readonly string[]): { readonly folder: string; readonly store: string } {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), lines.join("\r\n"));
  return { folder, store: join(folder, ".data", "install-summary.db") };
}

test("an import prints its counts, and the next one that nothing changed", async () => {
  const place = desk(header, line(1), line(2));
  expect(await runFacade(place, "import", "report.csv")).toEqual({
    exit: 0,
    stdout: "2 created, 0 changed, 0 unchanged, 0 rejected.\n",
    stderr: "",
  });
  writeFileSync(join(place.folder, "report.csv"), [header, line(1, 9), line(2)].join("\n"));
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({
    exit: 0,
    stdout: "0 created, 1 changed, 1 unchanged, 0 rejected.\n",
  });
});

test("of two rows of one app neither is in, also where one has a cell too few", async () => {
  const place = desk(header, line(1), line(1).slice(0, -2));
  const ended = await runFacade(place, "import", "report.csv");
  expect(ended).toMatchObject({ exit: 8, stderr: "" });
  expect(ended.stdout.split("\n")).toEqual([
    "line 2, ApplicationId: The app is also in line 3; one row per app is read.",
    "line 3, ApplicationId: The row has 11 cells, the header has 12. The app is also in line 2; one row per app is read.",
    "0 created, 0 changed, 0 unchanged, 2 rejected.",
    "",
  ]);
});

test("rejected rows end in 8, each with line, column and reason, and the others are in", async () => {
  const place = desk(header, line(1), line(2, "1.5"), line(3), line(3), "\u001b[2J,x");
  const ended = await runFacade(place, "import", "report.csv");
  expect(ended).toMatchObject({ exit: 8, stderr: "" });
  expect(ended.stdout.split("\n")).toEqual([
    expect.stringMatching(/^line 3, InstalledDeviceCount: .*'1\.5'/),
    "line 4, ApplicationId: The app is also in line 5; one row per app is read.",
    "line 5, ApplicationId: The app is also in line 4; one row per app is read.",
    expect.stringMatching(/^line 6: .*2 cells/),
    "1 created, 0 changed, 0 unchanged, 4 rejected.",
    "",
  ]);
  expect(readLog(place.store, developmentTenantId)).toHaveLength(1);
});

test("a file that is not a report exits with 6 and one line, and nothing of it is imported", async () => {
  const place = desk("Name;Count", "x;1");
  const ended = await runFacade(place, "import", "report.csv");
  expect(ended).toMatchObject({ exit: 6, stdout: "" });
  expect(ended.stderr).toBe(
    "install-summary-facade: The column ApplicationId is missing. The file has these columns: Name, Count\n",
  );
  expect(readLog(place.store, developmentTenantId)).toEqual([]);
});

test("--dry-run tells and changes nothing, --missing-as-zero is asked for, --tenant names another", async () => {
  const place = desk("ApplicationId,DisplayName,FailedDeviceCount", `${idOf(1)},App,7`);
  const refused = await runFacade(place, "import", "report.csv");
  expect(refused).toMatchObject({ exit: 8, stdout: expect.stringContaining("needs all ten counters") });
  const flags = ["--missing-as-zero", "--tenant", otherTenantId.toUpperCase()];
  expect(await runFacade(place, "import", "report.csv", "--dry-run", ...flags)).toMatchObject({
    exit: 0,
    stdout: "1 created, 0 changed, 0 unchanged, 0 rejected.\nThis was a dry run: nothing was changed.\n",
  });
  expect(readLog(place.store, otherTenantId)).toEqual([]);
  expect(await runFacade(place, "import", "report.csv", ...flags)).toMatchObject({ exit: 0 });
  expect(readLog(place.store, otherTenantId)).toMatchObject([
    { after: { failedDeviceCount: 7, failedUserCount: 0 } },
  ]);
  expect(readLog(place.store, developmentTenantId)).toEqual([]);
});

test("--diff lists what becomes of each app, in a dry run and in the import itself", async () => {
  const place = desk(header, line(1), line(2), line(3));
  await runFacade(place, "import", "report.csv");
  const renamed = line(2).replace("App 2", '"\u202eApp, two"');
  writeFileSync(join(place.folder, "report.csv"), [header, line(1, 9), line(3), renamed, line(4)].join("\n"));
  const counts = "1 created, 2 changed, 1 unchanged, 0 rejected.\n";
  const counters = Object.fromEntries(columns.map((name) => [name[0]?.toLowerCase() + name.slice(1), 1]));
  const nines = Object.fromEntries(Object.keys(counters).map((name) => [name, 9]));
  const fours = Object.fromEntries(Object.keys(counters).map((name) => [name, 4]));
  const expected = [
    { line: 2, id: idOf(1), displayName: "App 1", result: "changed", before: counters, after: nines },
    {
      line: 4,
      id: idOf(2),
      displayName: "\u202eApp, two",
      result: "changed",
      before: { displayName: "App 2" },
      after: { displayName: "\u202eApp, two" },
    },
    {
      line: 5,
      id: idOf(4),
      displayName: "App 4",
      result: "created",
      before: {},
      after: { displayName: "App 4", publisher: null, ...fours },
    },
  ];

  const printed = await runFacade(place, "import", "report.csv", "--dry-run", "--diff", "-");
  expect(printed).toMatchObject({ exit: 0, stderr: `${counts}This was a dry run: nothing was changed.\n` });
  expect(linesOf(printed.stdout)).toEqual(expected);
  expect(printed.stdout).not.toContain("\u202e");
  expect(await runFacade(place, "import", "report.csv", "--diff", "changes.jsonl")).toEqual({
    exit: 0,
    stdout: counts,
    stderr: "",
  });
  expect(linesOf(readFileSync(join(place.folder, "changes.jsonl"), "utf8"))).toEqual(expected);
});

test("--diff names a file that cannot be written, and never writes over the report or the store", async () => {
  const place = desk(header, line(1));
  expect(await runFacade(place, "import", "report.csv", "--diff", "none/changes.jsonl")).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(/none\/changes\.jsonl cannot be written/),
  });
  expect(await runFacade(place, "import", "report.csv", "--diff", "./report.csv")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("--diff would write over the report ./report.csv. Name another file."),
  });
  symlinkSync("report.csv", join(place.folder, "link.csv"));
  expect(await runFacade(place, "import", "report.csv", "--diff", "link.csv")).toMatchObject({ exit: 2 });
  expect(await runFacade(place, "import", "report.csv", "--diff", place.store)).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(/install-summary\.db belongs to the store itself\. Name another file\./),
  });
  expect(readFileSync(join(place.folder, "report.csv"), "utf8")).toContain("App 1");
  expect(readLog(place.store, developmentTenantId)).toEqual([]);
});

test("a report without rows says so", async () => {
  expect(await runFacade(desk(header), "import", "report.csv")).toMatchObject({
    exit: 0,
    stdout:
      "The report has no rows: all apps keep what they had. If that is not meant, look at what was exported.\n" +
      "0 created, 0 changed, 0 unchanged, 0 rejected.\n",
  });
});

test("an import whose result cannot be printed is done, and standard error says so", async ({ skip }) => {
  skip(!existsSync("/dev/full"), "this system has no /dev/full");
  const within = ["sh", "-c", 'exec "$0" "$@" > /dev/full'];
  const place = { ...desk(header, line(1), "nope,1"), within };
  const { exit, stderr } = await runFacade(place, "import", "report.csv");
  expect({ exit, stderr }).toEqual({
    exit: 1,
    stderr:
      "install-summary-facade: Standard output cannot be written: the disk is full (ENOSPC).\n" +
      "  The import is done: 1 created, 0 changed, 0 unchanged, 1 rejected.\n",
  });
  const dry = await runFacade(place, "import", "report.csv", "--dry-run");
  expect(dry.stderr).toContain("  This was a dry run: nothing was changed.\n");
});

test("an import that is killed while it writes comes to the same end when it is run again", async () => {
  const apps = 20_000;
  const { place, before } = await killImport(apps);
  expect(before).toBeGreaterThan(0);
  expect(readdirSync(join(place.folder, ".data")).filter((name) => name.startsWith("import-"))).toEqual([]);

  expect(await runFacade(place, "import", "report.csv")).toMatchObject({
    exit: 0,
    stdout: `${apps - before} created, 0 changed, ${before} unchanged, 0 rejected.\n`,
  });
  expect(readLog(place.store, developmentTenantId)).toHaveLength(apps);
  await expectWholeLog(place.store, developmentTenantId);
});

/** Kills an import of so many apps once some are in; gives how many. One that ends before it is killed is made again. */
async function killImport(
  apps: number,
): Promise<{ readonly place: ReturnType<typeof desk>; readonly before: number }> {
  const place = desk(header, ...Array.from({ length: apps }, (_, index) => line(index)));
  const child = startFacade(place, "import", "report.csv");
  const exited = once(child, "exit");
  // Without a pause between looks: it is to be caught in the middle.
  while (!existsSync(place.store)) await new Promise(setImmediate);
  const store = await openTestStore({ file: place.store });
  const tenant = openTenant(store, { tenantId: developmentTenantId });
  while (await tenant.isEmpty()) await new Promise(setImmediate);
  child.kill("SIGKILL");
  await exited;
  const before = readLog(place.store, developmentTenantId).length;
  return before === apps ? killImport(apps) : { place, before };
}
