import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { expect, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { program } from "./programs.ts";
import { runOnDisk } from "./small-disk.ts";
import { readLog, temporaryFolder } from "./stores.ts";

const counters = ["Installed", "Failed", "PendingInstall", "NotApplicable", "NotInstalled"].flatMap(
  (state) => [`${state}DeviceCount`, `${state}UserCount`],
);
const header = ["ApplicationId", "DisplayName", ...counters].join(",");
const few = "ApplicationId,FailedDeviceCount";

function idOf(index: number): string {
  return `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`;
}

function line(index: number): string {
  return [idOf(index), `App ${index}`, ...counters.map(() => index)].join(",");
}

/** Writes a file of a header and many rows, in small parts. */
async function writeRows(
  file: string,
  first: string,
  rows: number,
  row: (index: number) => string,
): Promise<void> {
  const stream = createWriteStream(file);
  Readable.from(parts()).pipe(stream);
  await finished(stream);

  function* parts() {
    yield `${first}\n`;
    for (let from = 0; from < rows; from += 1000) {
      yield Array.from({ length: Math.min(1000, rows - from) }, (_, at) => `${row(from + at)}\n`).join("");
    }
  }
}

/** Imports with a heap of so many MB, which V8 does not let grow. */
function importWithin(megabytes: number, folder: string, file: string) {
  const options = [`--max-old-space-size=${megabytes}`, "--max-semi-space-size=8"];
  const args = [...options, program, "import", file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"] },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { exit: status, lines: stdout.trimEnd().split("\n"), stderr };
}

const heap = 64;

test("550,000 bad rows are counted, and the first thousand listed, in a small heap (facade A3)", async () => {
  const folder = temporaryFolder();
  await writeRows(join(folder, "bad.csv"), few, 550_000, (index) => `bad-${index},1`);
  const { exit, lines, stderr } = importWithin(heap, folder, "bad.csv");
  expect({ exit, stderr, count: lines.length }).toEqual({ exit: 8, stderr: "", count: 1002 });
  expect(lines[999]).toBe("line 1001, ApplicationId: The ApplicationId 'bad-999' is not a GUID.");
  expect(lines.slice(1000)).toEqual([
    "549000 more rows were rejected.",
    "0 created, 0 changed, 0 unchanged, 550000 rejected.",
  ]);
});

test("one app in 80,000 rows is rejected and the other apps are in, in a small heap (facade A2)", async () => {
  const folder = temporaryFolder();
  await writeRows(join(folder, "dup.csv"), header, 81_000, (index) => line(Math.min(index, 1000)));
  const { exit, lines, stderr } = importWithin(heap, folder, "dup.csv");
  expect({ exit, stderr, count: lines.length }).toEqual({ exit: 8, stderr: "", count: 1002 });
  expect(lines.slice(1000)).toEqual([
    "79000 more rows were rejected.",
    "1000 created, 0 changed, 0 unchanged, 80000 rejected.",
  ]);
  expect(readLog(join(folder, ".data", "install-summary.db"), developmentTenantId)).toHaveLength(1000);
});

test("165,000 apps in two rows each, and hostile ids, are rejected in a small heap", async () => {
  const folder = temporaryFolder();
  await writeRows(join(folder, "pairs.csv"), few, 330_000, (index) => `${idOf(index >> 1)},${index % 2}`);
  expect(importWithin(heap, folder, "pairs.csv")).toMatchObject({ exit: 8, stderr: "" });
  await writeRows(join(folder, "hostile.csv"), few, 165_000, () => `${"\u202e".repeat(64)},1`);
  const { exit, lines } = importWithin(heap, folder, "hostile.csv");
  expect({ exit, last: lines.at(-1) }).toEqual({
    exit: 8,
    last: "0 created, 0 changed, 0 unchanged, 165000 rejected.",
  });
});

test("110,000 new apps that lack counters are told in one line, in a small heap", async () => {
  const folder = temporaryFolder();
  await writeRows(
    join(folder, "few.csv"),
    `${few},DisplayName`,
    110_000,
    (index) => `${idOf(index)},1,App ${index}`,
  );
  const { exit, lines } = importWithin(heap, folder, "few.csv");
  expect({ exit, count: lines.length }).toEqual({ exit: 8, count: 2 });
  expect(lines[0]).toMatch(/^110000 apps are new, /);
});

test("a disk that fills half-way: the message says how many apps are in (facade A4)", async (context) => {
  const folder = temporaryFolder();
  await writeRows(join(folder, "big.csv"), header, 20_000, line);
  const args = [program, "import", "big.csv", "--data", "disk"];
  const ended = runOnDisk({ size: "9m", folder, afterwards: "cp disk/install-summary.db* ." }, ...args);
  if (ended === undefined) return context.skip("no small disk can be mounted");
  expect(ended).toMatchObject({ exit: 7, printed: "" });
  const said = /([\d,]+) of 20,000 rows are in; import the same report again to go on\. /.exec(ended.stderr);
  const count = Number(said?.[1]?.replaceAll(",", ""));
  expect(count).toBeGreaterThan(0);
  expect(ended.stderr).not.toContain("othing was");
  expect(readLog(join(folder, "install-summary.db"), developmentTenantId)).toHaveLength(count);
});

test("a disk that is full before: rows cannot be staged, and no scratch file stays (facade A5)", (context) => {
  const staging = new URL("../src/import/open-staging.ts", import.meta.url);
  const code = `import { openStaging } from ${JSON.stringify(staging)};
    try { openStaging("disk"); } catch ({ status, message }) { console.log(status, message); }`;
  const fill = "cat /dev/zero > disk/ballast 2>/dev/null";
  const args = ["--input-type=module", "--eval", code];
  const ended = runOnDisk(
    { size: "1m", folder: temporaryFolder(), before: fill, afterwards: "ls -A disk" },
    ...args,
  );
  if (ended === undefined) return context.skip("no small disk can be mounted");
  expect(ended).toEqual({
    exit: 0,
    printed:
      "503 The scratch file of the import cannot be written: the disk is full. Nothing was imported.\n",
    stderr: "",
    left: ["ballast"],
  });
});

test("a disk that fills while the rows are staged: what is in is said once", async (context) => {
  const folder = temporaryFolder();
  await writeRows(join(folder, "big.csv"), header, 50_000, line);
  const ended = runOnDisk({ size: "2m", folder }, program, "import", "big.csv", "--data", "disk");
  if (ended === undefined) return context.skip("no small disk can be mounted");
  expect(ended).toMatchObject({
    exit: 7,
    printed: "",
    stderr:
      "install-summary-facade: The scratch file of the import cannot be written: the disk is full. Nothing was imported.\n",
  });
});
