import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { google, jsonError, patchesAt, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import { respondAsLog } from "./change-log.ts";
import { loggedChange } from "./logged-change.ts";
import type { Ended } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useCommandsFixture();

/** Runs a command in the folder of the test. */
function run(...args: readonly string[]): Promise<Ended> {
  return runSignedIn(fixture.server, args, { cwd: fixture.folder });
}

/** Writes what `list` prints into a file, and again with other values in it. */
async function exportAndEdit(
  form: "csv" | "json" | "ndjson",
  edits: readonly (readonly [from: string | RegExp, to: string])[],
): Promise<void> {
  const { stdout } = await run("list", "--limit", "0", "--output", form);
  await writeFile(join(fixture.folder, `old.${form}`), stdout);
  const edited = edits.reduce((text, [from, to]) => text.replace(from, to), stdout);
  expect(edited).not.toBe(stdout);
  await writeFile(join(fixture.folder, `new.${form}`), edited);
}

/** The failed devices of Google are 16, of Adobe Reader 3; these edits make them 8 and 5. */
const csvEdits = [
  [/^(00000000-0000-4000-8000-000000000000,.*?),2080,16,/m, "$1,2080,8,"],
  [/^(00000000-0000-4000-8000-000000000001,.*?),2080,3,/m, "$1,2080,5,"],
] as const;

test("what list prints as CSV, edited as in a spreadsheet, is a plan of what was edited", async () => {
  await exportAndEdit("csv", csvEdits);
  expect(await run("plan", "new.csv")).toMatchObject({
    exit: 0,
    stderr: "2 counters of 2 apps would change. Nothing was sent.\n",
    stdout: [
      "App                          Counter         Base  New   Δ",
      "Adobe Reader                 Failed devices     3    5  +2",
      "Google 給与計算システム 2.2  Failed devices    16    8  −8",
      "",
      "! Adobe Reader: The devices would add up to 2,477 instead of 2,475: a change mostly moves devices from one state to another.",
      "! Google 給与計算システム 2.2: The devices would add up to 2,480 instead of 2,488: a change mostly moves devices from one state to another.",
      "",
    ].join("\n"),
  });
  expect(JSON.parse((await run("plan", "new.csv", "-o", "json")).stdout)).toEqual({
    format: 1,
    url: fixture.server.url,
    changes: [
      { id: sampleId(1), etag: 'W/"1"', before: { failedDeviceCount: 3 }, patch: { failedDeviceCount: 5 } },
      { id: google, etag: 'W/"7"', before: { failedDeviceCount: 16 }, patch: { failedDeviceCount: 8 } },
    ],
  });
  expect(patchesAt(fixture.server)).toEqual([]);
});

test.each([
  ["json", '"failedDeviceCount": 16', '"failedDeviceCount": 8'],
  ["ndjson", '"failedDeviceCount":16', '"failedDeviceCount":8'],
] as const)("list --output %s is taken too, from standard input", async (form, from, to) => {
  await exportAndEdit(form, [[from, to]]);
  const input = await readFile(join(fixture.folder, `new.${form}`), "utf8");
  const { exit, stdout } = await runSignedIn(fixture.server, ["plan", "-", "--output", "json"], { input });
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ changes: [{ id: google, patch: { failedDeviceCount: 8 } }] });
});

test("with the file as it was before, what others changed since is left out", async () => {
  await exportAndEdit("csv", csvEdits.slice(0, 1));
  fixture.server.change(google, { failedUserCount: 99 });
  const { exit, stdout } = await run("plan", "new.csv", "old.csv", "-o", "json");
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    changes: [
      { id: google, etag: 'W/"7"', before: { failedDeviceCount: 16 }, patch: { failedDeviceCount: 8 } },
    ],
  });
});

test("a row of an older version ends in 5 where nothing tells what others changed, and names the way out", async () => {
  await exportAndEdit("csv", csvEdits);
  fixture.server.change(google, { failedUserCount: 99 });
  const { exit, stdout, stderr } = await run("plan", "new.csv", "-o", "json");
  expect({ exit, stdout }).toEqual({ exit: 5, stdout: "" });
  expect(stderr).toContain(`  ${google}  Google 給与計算システム 2.2  W/"7", now W/"8"\n`);
  expect(stderr).toContain(
    `  Name the file as it was before you edited it: INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary plan new.csv OLD --profile none\n`,
  );
  expect(jsonError(stderr)).toMatchObject({ error: { exit: 5, code: "PreconditionFailed", target: "ETag" } });
});

/** Writes a file with one row, whose failed devices are to be 8, read at the version that a cell of ETag names. */
function writeRow(etag: string): Promise<void> {
  const cell = `"${etag.replaceAll('"', '""')}"`;
  const text = `ApplicationId,FailedDeviceCount,ETag\n${google},8,${cell}\n`;
  return writeFile(join(fixture.folder, "a.csv"), text);
}

test.each(['W/"7"', '"7"', "7", "W/7", 'w/"7"'])(
  "a row is of the version that its column ETag means: %s, the current one, and an older one by the log",
  async (etag) => {
    await writeRow(etag);
    const planned = {
      changes: [
        { id: google, etag: 'W/"7"', before: { failedDeviceCount: 16 }, patch: { failedDeviceCount: 8 } },
      ],
    };
    const current = await run("plan", "a.csv", "-o", "json");
    expect(current.exit).toBe(0);
    expect(JSON.parse(current.stdout)).toMatchObject(planned);
    fixture.server.intervene(({ method, url }) => respondAsLog([theirs], { method, url }));
    const theirs = loggedChange({
      version: 8,
      before: { failedUserCount: 8 },
      after: { failedUserCount: 99 },
    });
    fixture.server.change(google, { failedUserCount: 99 });
    const older = await run("plan", "a.csv", "-o", "json");
    expect(older.exit).toBe(0);
    expect(JSON.parse(older.stdout)).toMatchObject(planned);
  },
);

test("an ETag that names no version, and a later one than the server has, are told as what they are", async () => {
  await writeRow("garbage x");
  const garbage = await run("plan", "a.csv");
  expect(garbage.exit).toBe(6);
  expect(garbage.stderr).toContain(
    `line 2: The ETag 'garbage x' names no version. It looks like W/"7" or 7; leave it empty if it is not known.`,
  );
  await writeRow("900");
  const later = await run("plan", "a.csv");
  expect(later.exit).toBe(5);
  expect(later.stderr).toContain(
    "An app has a later version in the file than on the server. Nothing was planned.\n",
  );
  expect(later.stderr).toContain(`${google}  W/"900", now W/"7"\n`);
  expect(later.stderr).not.toContain("does not tell");
});

test("a change log that refuses the caller is not taken for a server without one", async () => {
  await exportAndEdit("csv", csvEdits);
  fixture.server.change(google, { failedUserCount: 99 });
  fixture.server.intervene(({ url }) =>
    url.startsWith("/api/changes")
      ? { status: 403, body: { error: { code: "Forbidden", message: "Not yours to read." } } }
      : undefined,
  );
  expect(await run("plan", "new.csv")).toMatchObject({
    exit: 3,
    stdout: "",
    stderr: expect.stringContaining("Not yours to read."),
  });
});

test("a file without differences is an empty plan", async () => {
  const { stdout } = await run("list", "--limit", "0", "--output", "csv");
  await writeFile(join(fixture.folder, "same.csv"), stdout);
  const { exit, stdout: plan, stderr } = await run("plan", "same.csv", "-o", "json");
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "Nothing to change: the values are there already.\n" });
  expect(JSON.parse(plan)).toMatchObject({ changes: [] });
});

test("a file that has only its columns is said to have no rows", async () => {
  await writeFile(join(fixture.folder, "empty.csv"), "ApplicationId,FailedDeviceCount\n");
  expect(await run("plan", "empty.csv")).toMatchObject({
    exit: 0,
    stderr: "Nothing to change: the file has no rows.\n",
  });
});

test("a file that holds what it was read with says that others changed its apps since", async () => {
  fixture.server.intervene(({ method, url }) => respondAsLog([theirs], { method, url }));
  const theirs = loggedChange({ version: 8, before: { failedUserCount: 8 }, after: { failedUserCount: 99 } });
  const { stdout } = await run("list", "--limit", "0", "--output", "csv");
  await writeFile(join(fixture.folder, "read.csv"), stdout);
  fixture.server.change(google, { failedUserCount: 99 });
  expect(await run("plan", "read.csv")).toMatchObject({
    exit: 0,
    stderr: "Nothing to change: the file holds the values that it was read with. 1 app has changed since.\n",
  });
  expect((await run("plan", "read.csv", "read.csv")).stderr).toBe(
    "Nothing to change: both files hold the same values.\n",
  );
});

test("a row of an older version whose values are there already changes nothing, whatever others changed since", async () => {
  const made = loggedChange({
    version: 8,
    before: { failedDeviceCount: 16 },
    after: { failedDeviceCount: 8 },
  });
  const theirs = loggedChange({ version: 9, before: { failedUserCount: 8 }, after: { failedUserCount: 99 } });
  fixture.server.intervene(({ method, url }) => respondAsLog([made, theirs], { method, url }));
  await exportAndEdit("csv", csvEdits.slice(0, 1));
  fixture.server.change(google, { failedDeviceCount: 8 });
  fixture.server.change(google, { failedUserCount: 99 });
  expect(await run("plan", "new.csv")).toMatchObject({
    exit: 0,
    stderr: "Nothing to change: the values are there already.\n",
  });
  const { stdout } = await run("plan", "new.csv", "--query", "length(changes)");
  expect(stdout).toBe("0\n");
});

test.each([
  ["CSV", `ApplicationId,FailedDeviceCnt,FailedUserCount\n${google},77,8\n`],
  ["JSON", `[{"id":"${google}","failedDeviceCnt":77,"failedUserCount":8}]`],
])(
  "a column of a counter that is misspelt in %s is told, and nothing is said to be there already for it",
  async (_, text) => {
    await writeFile(join(fixture.folder, "misspelt"), text);
    const { exit, stderr } = await run("plan", "misspelt", "-o", "json");
    expect(exit).toBe(0);
    expect(stderr).toMatch(
      /^1 app keeps what it has in columns that the file lacks: InstalledDeviceCount, FailedDeviceCount, .*look at how the file spells its columns\.\nNo change in the columns that the file has: the values are there already\.\n$/,
    );
    expect((await run("plan", "misspelt", "misspelt")).stderr).toContain("that the file lacks");
  },
);

test("csv and ndjson of a plan have a row for each counter, and the whole", async () => {
  await exportAndEdit("csv", csvEdits.slice(0, 1));
  expect((await run("plan", "new.csv", "-o", "csv")).stdout).toBe(
    `ApplicationId,DisplayName,ETag,Counter,Before,After\r\n${google},Google 給与計算システム 2.2,"W/""7""",failedDeviceCount,16,8\r\n`,
  );
  expect((await run("plan", "new.csv", "--query", "changes[0].patch.failedDeviceCount")).stdout).toBe("8\n");
});

test("rows that cannot be used end in 6 with their lines, and unknown apps in 4; nothing is planned", async () => {
  const header = "ApplicationId,DisplayName,FailedDeviceCount\n";
  await writeFile(join(fixture.folder, "bad.csv"), `${header}${google},x,\n${google},x,-1\n`);
  const bad = await run("plan", "bad.csv");
  expect(bad).toMatchObject({ exit: 6, stdout: "" });
  expect(bad.stderr).toContain("2 rows of bad.csv cannot be used. Nothing was planned.");
  expect(bad.stderr).toContain("  line 2: FailedDeviceCount must be");
  await writeFile(join(fixture.folder, "unknown.csv"), `${header}${sampleId(77)},Evil\u001b[2J,4\n`);
  const unknown = await run("plan", "unknown.csv");
  expect(unknown).toMatchObject({ exit: 4, stdout: "" });
  expect(unknown.stderr).toContain(`  ${sampleId(77)}  Evil␛[2J\n`);
});

test.each([
  ["a file that is not there", ["none.csv"], 2, "The file cannot be read: no such file or directory."],
  ["standard input twice", ["-", "-"], 2, "Standard input can be read once only."],
  ["no file", [], 2, "FILE is missing."],
])("%s ends in 2", async (_, args, exit, message) => {
  const ended = await run("plan", ...args);
  expect(ended).toMatchObject({ exit, stdout: "", stderr: expect.stringContaining(message) });
});

test.each([
  ["page.html", "<!doctype html><title>Sign in</title>", "HTML or XML"],
  [
    "names.csv",
    "ApplicationId,DisplayName\n",
    "The file has no column of counters such as InstalledDeviceCount",
  ],
  ["quote.csv", 'ApplicationId,FailedDeviceCount\n"x,1\n', "The quote at line 2, column 1"],
  ["lines.json", '{"id":"1"}\n{"id":"2"}\n{"id":"3}\n', "line 3, column"],
])(
  "a file that is not a report ends in 6, as a fault of the file and not of a server: %s",
  async (file, text, why) => {
    await writeFile(join(fixture.folder, file), text);
    for (const args of [[file], ["good.csv", file]]) {
      await writeFile(join(fixture.folder, "good.csv"), `ApplicationId,FailedDeviceCount\n${google},16\n`);
      const { exit, stdout, stderr } = await run("plan", ...args);
      expect({ exit, stdout }).toEqual({ exit: 6, stdout: "" });
      expect(stderr).toContain(`${file} cannot be used: The `);
      expect(stderr).toContain(why);
      expect(stderr).toContain("Nothing was planned.");
      expect(stderr).toContain("list --limit 0 --output csv --profile none > apps.csv");
      expect(stderr.replace(/FILE is what list prints: .*/, "")).not.toMatch(
        /400|server|INSTALL_SUMMARY_URL/,
      );
    }
  },
);
