import { execFileSync } from "node:child_process";
import { createReadStream, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { runFacade, type Place } from "./programs.ts";
import { readLog, temporaryFolder } from "./stores.ts";

const counters = ["Installed", "Failed", "PendingInstall", "NotApplicable", "NotInstalled"].flatMap(
  (state) => [`${state}DeviceCount`, `${state}UserCount`],
);
const columns = ["ApplicationId", "DisplayName", ...counters];

function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

function values(index: number, count = index): readonly (string | number)[] {
  return [idOf(index), `App ${index}`, ...counters.map(() => count)];
}

/** A page of a report of 120 rows. */
function page(from: number, to: number, count?: number): string {
  const rows = Array.from({ length: to - from + 1 }, (_, at) => values(from + at, count));
  return JSON.stringify({ TotalRowCount: 120, Schema: columns.map((Column) => ({ Column })), Values: rows });
}

/** A folder in which a person types, with these files. */
function desk(files: Readonly<Record<string, string>>): Place & { readonly store: string } {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { folder, store: join(folder, ".data", "install-summary.db") };
}

test("the pages of a report are imported together (A6)", async () => {
  const place = desk({ "p0.json": page(1, 50), "p1.json": page(51, 100), "p2.json": page(101, 120) });
  const alone = await runFacade(place, "import", "p0.json");
  expect(alone).toMatchObject({ exit: 6, stdout: "" });
  expect(alone.stderr).toMatch(
    /has 50 of 120 rows: it is not complete\..* skip .* top .* all pages at once, .* ZIP\./s,
  );
  const missing = await runFacade(place, "import", "p0.json", "p2.json");
  expect(missing).toMatchObject({ exit: 6, stdout: "" });
  expect(missing.stderr).toContain("The files have 70 of 120 rows");
  expect(readLog(place.store, developmentTenantId)).toEqual([]);
  expect(await runFacade(place, "import", "p0.json", "p1.json", "p2.json")).toEqual({
    exit: 0,
    stdout: "120 created, 0 changed, 0 unchanged, 0 rejected.\n",
    stderr: "",
  });
});

test("equal rows in two pages count once, unequal ones are rejected with both places (A6)", async () => {
  const place = desk({ "p0.json": page(1, 60), "p1.json": page(60, 119), "p2.json": page(119, 120, 7) });
  expect(await runFacade(place, "import", "p0.json", "p1.json", "p2.json")).toEqual({
    exit: 8,
    stdout: [
      "p1.json, line 60, ApplicationId: The app is also in p2.json, line 1; one row per app is read.",
      "p2.json, line 1, ApplicationId: The app is also in p1.json, line 60; one row per app is read.",
      "119 created, 0 changed, 0 unchanged, 2 rejected.",
      "",
    ].join("\n"),
    stderr: "",
  });
});

test("a page that cannot be read is named, and nothing of the others is in", async () => {
  const place = desk({ "p0.json": page(1, 60), "p1.json": page(61, 120).slice(0, -3) });
  const ended = await runFacade(place, "import", "p0.json", "p1.json");
  expect(ended).toMatchObject({ exit: 6, stdout: "" });
  expect(ended.stderr).toContain("p1.json: The file ends unexpectedly");
  expect(await runFacade(place, "import", "p0.json", "gone.json")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("gone.json cannot be read: no such file or directory."),
  });
  expect(readLog(place.store, developmentTenantId)).toEqual([]);
});

test.skipIf(process.platform !== "linux")(
  "a file whose reading fails in the middle is named, with the system's reason",
  async () => {
    const place = desk({ "p0.json": page(1, 60) });
    // The memory of a process begins with pages that cannot be read.
    const ended = await runFacade(place, "import", "p0.json", "/proc/self/mem");
    expect(ended).toMatchObject({
      exit: 2,
      stdout: "",
      stderr: expect.stringContaining("The file /proc/self/mem cannot be read: the disk reports an error."),
    });
    expect(readLog(place.store, developmentTenantId)).toEqual([]);
  },
);

test("- is standard input, alone or as one of the pages", async () => {
  const place = desk({
    "p0.json": page(1, 60),
    "p1.json": page(61, 120),
    "all.csv": `${columns.join(",")}\n${values(1).join(",")}\n`,
  });
  const csv = createReadStream(join(place.folder, "all.csv"));
  expect(await runFacade({ ...place, stdin: csv }, "import", "-", "--dry-run")).toMatchObject({
    exit: 0,
    stdout: "1 created, 0 changed, 0 unchanged, 0 rejected.\nThis was a dry run: nothing was changed.\n",
  });
  const stdin = createReadStream(join(place.folder, "p1.json"));
  expect(await runFacade({ ...place, stdin }, "import", "p0.json", "-")).toMatchObject({
    exit: 0,
    stdout: "120 created, 0 changed, 0 unchanged, 0 rejected.\n",
  });
  expect(await runFacade(place, "import", "-", "-")).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("- was given twice"),
  });
  expect(await runFacade(place, "import", "-")).toMatchObject({
    exit: 6,
    stderr: expect.stringContaining("The file is empty."),
  });
});

test("columns that lack counters are told once, with the number of apps and what to do (A7)", async () => {
  const few = ["ApplicationId", "DisplayName", "InstalledDeviceCount", "FailedDeviceCount"];
  const rows = Array.from({ length: 300 }, (_, at) => [idOf(at), `App ${at}`, 1, 2].join(","));
  const place = desk({ "few.csv": [few.join(","), ...rows].join("\n") });
  const ended = await runFacade(place, "import", "few.csv");
  expect(ended).toMatchObject({ exit: 8, stderr: "" });
  const missing =
    "NotApplicableDeviceCount, NotInstalledDeviceCount, PendingInstallDeviceCount, InstalledUserCount, FailedUserCount, NotApplicableUserCount, NotInstalledUserCount, PendingInstallUserCount";
  expect(ended.stdout.split("\n")).toEqual([
    `300 apps are new, and a new app needs all ten counters. These columns are missing: ${missing}. Select all ten columns in the export, or import with --missing-as-zero to use 0.`,
    "0 created, 0 changed, 0 unchanged, 300 rejected.",
    "",
  ]);
  expect(await runFacade(place, "import", "few.csv", "--missing-as-zero")).toMatchObject({ exit: 0 });
  expect(await runFacade(place, "import", "few.csv")).toMatchObject({
    exit: 0,
    stdout: [
      `300 apps keep what they had in columns that the report lacks: ${missing}. If that is not meant, look at how the report spells its columns.`,
      "0 created, 0 changed, 300 unchanged, 0 rejected.",
      "",
    ].join("\n"),
  });
});

test("a report of devices changes nothing and is named (A5)", async () => {
  const header =
    "DeviceName,UserPrincipalName,AppVersion,DeviceId,InstallState,InstallState_loc,ApplicationId";
  const row = `PC-001,user1@contoso.com,1.0,11111111-2222-3333-4444-000000000001,1,Installed,${idOf(1)}`;
  const place = desk({ "devices.csv": [header, row].join("\n") });
  const ended = await runFacade(place, "import", "devices.csv");
  expect(ended).toMatchObject({ exit: 6, stdout: "" });
  expect(ended.stderr).toMatch(
    /no column of counters such as InstalledDeviceCount: .*report of the devices.*AppInstallStatusAggregate\.\n$/,
  );
});

test("1.000 in a report is rejected and never 1 (A1)", async () => {
  const [id, name, , ...rest] = values(2);
  const place = desk({
    "report.csv": [columns.join(","), [id, name, "1.000", ...rest].join(",")].join("\n"),
  });
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({
    exit: 8,
    stdout: expect.stringContaining(
      "line 2, InstalledDeviceCount: InstalledDeviceCount must be a whole number from 0 to 2147483647; got '1.000', which may be a thousand. Write it without the point.\n",
    ),
  });
});

test.skipIf(process.platform === "win32")("a pipe is read to its end", async () => {
  const place = desk({ "report.json": page(1, 120) });
  execFileSync("mkfifo", [join(place.folder, "pipe")]);
  const within = ["sh", "-c", 'cat report.json > pipe & exec "$0" "$@"'];
  expect(await runFacade({ ...place, within }, "import", "pipe")).toEqual({
    exit: 0,
    stdout: "120 created, 0 changed, 0 unchanged, 0 rejected.\n",
    stderr: "",
  });
});

test.skipIf(process.platform === "win32").each(["/dev/zero", "/dev/random", "/dev/null"])(
  "%s is refused before anything is read",
  async (device) => {
    expect(await runFacade(desk({}), "import", device)).toEqual({
      exit: 2,
      stdout: "",
      stderr: `install-summary-facade: The file ${device} cannot be read: it is a device.\n`,
    });
  },
);
