import type { ListedChange } from "@install-summary/core/client";
import { beforeEach, expect, test } from "vitest";
import { respondAsLog } from "./change-log.ts";
import {
  google,
  jsonError,
  patchesAt,
  runSignedIn,
  signedIn,
  useCommandsFixture,
} from "./commands-fixture.ts";
import { loggedChange } from "./logged-change.ts";
import { startProgram } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";

// A log beside the four apps: the first one has version 7. With a real facade it is in tooling/e2e.

const fixture = useCommandsFixture();
let log: ListedChange[] = [];

beforeEach(() => {
  log = [
    loggedChange({ version: 1, changedAt: "2026-11-20T08:00:00.000Z", origin: "import", before: {} }),
    loggedChange({
      version: 5,
      changedAt: "2026-11-25T09:00:00.000Z",
      appId: sampleId(1),
      displayName: "Adobe Reader",
    }),
    loggedChange({
      version: 6,
      changedAt: "2026-11-26T09:00:00.000Z",
      mine: true,
      origin: "editor",
      before: { failedDeviceCount: 41, pendingInstallUserCount: 270 },
      after: { failedDeviceCount: 16, pendingInstallUserCount: 272 },
    }),
    loggedChange({
      version: 7,
      changedAt: "2026-11-26T10:02:11.000Z",
      displayName: "Evil\u001b[2J",
      before: { installedDeviceCount: 2079 },
      after: { installedDeviceCount: 2080 },
    }),
  ];
  fixture.server.intervene((request) => respondAsLog(log, request));
});

const utc = { env: { TZ: "UTC" } };

test("history shows who changed what, when and through what, the latest first", async () => {
  const ended = await runSignedIn(fixture.server, ["history"], utc);
  expect(ended).toEqual({
    exit: 0,
    stderr: "",
    stdout: [
      "When                 Who        Origin  App           Version  Change",
      "2026-11-26 10:02:11  Ada Byron  api     Evil␛[2J            7  installed 2,079 → 2,080",
      "2026-11-26 09:00:00  you        editor  App 0               6  failed 41 → 16, users.pending 270 → 272",
      "2026-11-25 09:00:00  Ada Byron  api     Adobe Reader        5  failed 18 → 16",
      "2026-11-20 08:00:00  Ada Byron  import  App 0               1  created",
      "",
    ].join("\n"),
  });
});

test("history of an app, since a time, with a limit", async () => {
  const one = await runSignedIn(fixture.server, ["history", "google", "--limit", "1", "-o", "ndjson"], utc);
  expect(one.stderr).toBe("There are older changes: --limit 0 shows all.\n");
  expect(JSON.parse(one.stdout)).toEqual(log[3]);
  const since = await runSignedIn(
    fixture.server,
    ["history", "--since", "2026-11-26T08:30Z", "--query", "[].version"],
    utc,
  );
  expect(since).toEqual({ exit: 0, stderr: "", stdout: "7\n6\n" });
  const none = await runSignedIn(fixture.server, ["history", sampleId(2)], utc);
  expect(none.stderr).toBe("The change log has no such change.\n");
});

test.each([
  ["0", 2500, ""],
  ["1000", 1000, "There are older changes: --limit 0 shows all.\n"],
  ["2499", 2499, "There are older changes: --limit 0 shows all.\n"],
  ["9000", 2500, ""],
])("history --limit %s prints %d of 2,500 changes", async (limit, count, stderr) => {
  log = Array.from({ length: 2500 }, (_, index) => loggedChange({ version: index + 1 }));
  const all = await runSignedIn(fixture.server, [
    "history",
    "--limit",
    limit,
    "--query",
    "[length(@), [0].version]",
    "-o",
    "json",
  ]);
  expect({ ...all, stdout: JSON.parse(all.stdout) }).toEqual({ exit: 0, stderr, stdout: [count, 2500] });
});

test("history as CSV has a row for each counter, and a missing value is empty", async () => {
  const { stdout } = await runSignedIn(
    fixture.server,
    ["history", google, "-o", "csv", "--since", "2026-11-26"],
    utc,
  );
  const [header, first, second] = stdout.replace("\uFEFF", "").split("\r\n");
  expect(header).toBe("changedAt,actor,origin,appId,displayName,version,counter,before,after,requestId");
  expect(first).toContain(",7,installedDeviceCount,2079,2080,request-7");
  expect(second).toContain(",6,failedDeviceCount,41,16,request-6");
});

test("history --follow prints what is made from then on, each change a line as history prints it, until it is stopped", async () => {
  const { child, ended } = startProgram(["history", "--follow", "-o", "json"], {
    env: signedIn(fixture.server),
  });
  const next = loggedChange({
    version: 8,
    changedAt: "2026-11-26T11:00:00.000Z",
    clientRequestId: "5f0c",
    mine: true,
  });
  const askedAfter = (cursor: string): boolean =>
    fixture.server.requests.some(({ url }) => url.includes(`after=${cursor}`));
  await expect.poll(() => askedAfter("c7")).toBe(true);
  log.push(next);
  await expect.poll(() => askedAfter("c8")).toBe(true);
  child.kill("SIGTERM");
  const { exit, stdout } = await ended;
  expect(exit).toBe(143);
  const printed = await runSignedIn(fixture.server, ["history", "--limit", "1", "-o", "ndjson"]);
  expect(stdout).toBe(printed.stdout);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([next]);
});

test.each([
  [["history", "--since", "yesterday"], "--since must be a time; got yesterday."],
  [["history", "--follow", "-o", "csv"], "--follow cannot print csv."],
  [["history", "--follow", "--limit", "5"], "--limit cannot be combined with --follow"],
  [["undo", "google", "soon"], "CHANGE must be the version that a change made; got soon."],
])("%j is a mistake that nothing is asked of the server for", async (args, message) => {
  const { exit, stderr } = await runSignedIn(fixture.server, args);
  expect({ exit, says: stderr.includes(message) }).toEqual({ exit: 2, says: true });
  expect(fixture.server.requests).toEqual([]);
});

test("undo takes your latest change back, guarded by the version that was read, as an undo", async () => {
  const { exit, stdout, stderr } = await runSignedIn(fixture.server, ["undo", "google"], utc);
  expect(exit).toBe(0);
  expect(stdout).toContain("Failed devices      16     41  +25\nPending users      272    270   −2\n");
  expect(stderr).toBe(
    "Taking back version 6 of Google 給与計算システム 2.2, made by you on 2026-11-26 09:00:00 (editor).\n" +
      'Done: Google 給与計算システム 2.2 is now W/"8".\n',
  );
  expect(patchesAt(fixture.server)).toEqual([
    {
      body: { failedDeviceCount: 41, pendingInstallUserCount: 270 },
      headers: expect.objectContaining({ "if-match": 'W/"7"', "install-summary-origin": "undo" }),
    },
  ]);
});

test("undo --dry-run sends nothing, and its JSON is as that of set", async () => {
  const { exit, stdout } = await runSignedIn(fixture.server, [
    "undo",
    google,
    "7",
    "--dry-run",
    "-o",
    "json",
  ]);
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    id: google,
    etag: 'W/"7"',
    before: { installedDeviceCount: 2080 },
    after: { installedDeviceCount: 2079 },
    changed: true,
    dryRun: true,
  });
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("an undo without a response names the change to take back, so that running it again counts once", async () => {
  fixture.server.intervene((request) =>
    request.method === "PATCH" ? "breakBefore" : respondAsLog(log, request),
  );
  const { exit, stderr } = await runSignedIn(fixture.server, ["undo", "google"]);
  expect(exit).toBe(7);
  expect(stderr).toContain(`undo ${google} 6 --profile none again: then it counts once`);
  expect(stderr).not.toContain("--if-match");
});

test.each([[[]], [["8"]]])(
  "undo %j of a change that is made after the app was read takes it back from the values that it left",
  async (version) => {
    const { server } = fixture;
    server.intervene((request) => {
      if (request.url.startsWith("/api/changes") && log.length === 4) {
        const before = { failedDeviceCount: server.current(google).summary.failedDeviceCount };
        server.change(google, { failedDeviceCount: 99 });
        log.push(loggedChange({ version: 8, mine: true, before, after: { failedDeviceCount: 99 } }));
      }
      return respondAsLog(log, request);
    });
    const { exit, stderr } = await runSignedIn(server, ["undo", google, ...version]);
    expect({ exit, stderr }).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining("Taking back version 8 of "),
    });
    expect(patchesAt(server)).toMatchObject([
      { body: { failedDeviceCount: 16 }, headers: { "if-match": 'W/"8"' } },
    ]);
  },
);

test("undo of a change that the server's app does not show yet ends in 7, and says nothing of values that are there", async () => {
  log.push(loggedChange({ version: 8, mine: true, before: { failedDeviceCount: 16 } }));
  const { exit, stderr } = await runSignedIn(fixture.server, ["undo", google, "-o", "json"]);
  expect(exit).toBe(7);
  expect(jsonError(stderr)).toMatchObject({ error: { exit: 7, code: "OlderVersion" } });
  expect(stderr).toContain("The log has version 8 of Google");
  expect(stderr).toContain("the server responds with version 7.");
  expect(stderr).not.toContain("Nothing to change");
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("for a word that is no version, the command is shown that shows the versions", async () => {
  const { stderr } = await runSignedIn(fixture.server, ["undo", "adobe reader", "soon"]);
  expect(stderr).toContain(
    `INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary history 'adobe reader' --profile none shows the versions, such as 8.`,
  );
});

test("counters that others have changed since are a conflict, and --partly takes the rest back", async () => {
  fixture.server.change(google, { failedDeviceCount: 17 });
  const refused = await runSignedIn(fixture.server, ["undo", "google", 'W/"6"', "-o", "json"], utc);
  expect(refused.exit).toBe(5);
  expect(refused.stderr).toContain("failedDeviceCount is 17 now; the change made it 16, from 41.");
  expect(jsonError(refused.stderr)).toMatchObject({ error: { exit: 5, code: "Overwritten" } });
  expect(patchesAt(fixture.server)).toEqual([]);
  const partly = await runSignedIn(fixture.server, ["undo", "google", "6", "--partly"], utc);
  expect(partly.exit).toBe(0);
  expect(partly.stderr).toContain("Left out: failedDeviceCount is 17 now");
  expect(patchesAt(fixture.server)).toMatchObject([
    { body: { pendingInstallUserCount: 270 }, headers: { "if-match": 'W/"8"' } },
  ]);
});

test("what is back already is done, what created the app and what the log lacks is told", async () => {
  fixture.server.change(google, { installedDeviceCount: 2079 });
  const back = await runSignedIn(fixture.server, ["undo", "google", "7"]);
  expect(back.exit).toBe(0);
  expect(back.stderr).toContain("Nothing to change: the values are there already.");
  const created = await runSignedIn(fixture.server, ["undo", "google", "1"]);
  expect(created).toMatchObject({
    exit: 6,
    stderr: expect.stringContaining("there are no values before it"),
  });
  const missing = await runSignedIn(fixture.server, ["undo", "google", "4"]);
  expect(missing).toMatchObject({
    exit: 4,
    stderr: expect.stringContaining("The change log has no version 4 of"),
  });
  const readOnly = await runSignedIn(fixture.server, ["undo", "google", "--read-only"]);
  expect(readOnly.exit).toBe(3);
  expect(patchesAt(fixture.server)).toEqual([]);
});

test.each([[["history"]], [["history", "--follow"]], [["undo", "google"]]])(
  "%j before a server without a change log ends in 4 and says so",
  async (args) => {
    fixture.server.intervene(() => undefined);
    const { exit, stderr } = await runSignedIn(fixture.server, args);
    expect(exit).toBe(4);
    expect(stderr).toContain(
      "This server has no change log (404): only a facade of Install Summary has one.",
    );
  },
);

test("history and undo say that older changes were removed, and that there is none only where the log is complete", async () => {
  fixture.server.intervene((request) => respondAsLog(log, request, { olderRemoved: true }));
  const removed = "Older changes were removed from the log.";
  const some = await runSignedIn(fixture.server, ["history", "google"], utc);
  expect(some).toMatchObject({ exit: 0, stderr: `${removed}\n` });
  const json = await runSignedIn(fixture.server, ["history", "google", "-o", "json"], utc);
  expect(JSON.parse(json.stdout)).toEqual([log[3], log[2], log[0]]);
  expect(json.stderr).toBe(`${removed}\n`);
  const first = await runSignedIn(fixture.server, ["history", "google", "--limit", "1"], utc);
  expect(first.stderr).toBe("There are older changes: --limit 0 shows all.\n");
  const none = await runSignedIn(fixture.server, ["history", sampleId(2), "-o", "json"], utc);
  expect(none).toEqual({
    exit: 0,
    stdout: "[]\n",
    stderr: `The change log has no such change now. ${removed}\n`,
  });

  log = [log[3] ?? loggedChange()];
  const version = await runSignedIn(fixture.server, ["undo", "google", "4"]);
  expect(version).toMatchObject({
    exit: 4,
    stderr: expect.stringMatching(/has no version 4 of .* now\. Older/),
  });
  const latest = await runSignedIn(fixture.server, ["undo", "google"]);
  expect(latest).toMatchObject({
    exit: 4,
    stderr: expect.stringMatching(/no change of yours of .* now\. Older/),
  });
  // The log reaches back to before it.
  const later = await runSignedIn(fixture.server, ["undo", "google", "8"]);
  expect(later.stderr).toContain("has no version 8 of");
  expect(later.stderr).not.toContain("removed");
});
