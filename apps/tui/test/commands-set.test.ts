import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { InstallSummaryPatch } from "@install-summary/core";
import { describe, expect, test, vi } from "vitest";
import { respondAsLog } from "./change-log.ts";
import {
  google,
  jsonError,
  patchesAt,
  runSignedIn,
  signedIn,
  useCommandsFixture,
} from "./commands-fixture.ts";
import { startContractServer } from "./contract-server.ts";
import { loggedChange } from "./logged-change.ts";
import { startProgram } from "./run-program.ts";
import { sampleApp } from "./sample-apps.ts";

const fixture = useCommandsFixture();

test("set shows old and new, and changes exactly the version that it read", async () => {
  const ended = await runSignedIn(fixture.server, ["set", "google", "failed-=8", "users.pending=270"]);
  expect(ended).toEqual({
    exit: 0,
    stderr: 'Done: Google 給与計算システム 2.2 is now W/"8".\n',
    stdout: [
      "Counter         Before  After   Δ",
      "Failed devices      16      8  −8",
      "Pending users      272    270  −2",
      "",
      "! The devices would add up to 2,480 instead of 2,488: a change mostly moves devices from one state to another.",
      "! The users would add up to 2,706 instead of 2,708: a change mostly moves users from one state to another.",
      "",
      "Name  Google 給与計算システム 2.2 · Windows",
      `Id    ${google}`,
      'ETag  W/"8"',
      "",
    ].join("\n"),
  });
  expect(patchesAt(fixture.server)).toEqual([
    {
      body: { failedDeviceCount: 8, pendingInstallUserCount: 270 },
      headers: expect.objectContaining({ "if-match": 'W/"7"', "install-summary-origin": "command" }),
    },
  ]);
});

test("set gives before and after as JSON", async () => {
  const before = fixture.server.current(google).summary;
  const { stdout } = await runSignedIn(fixture.server, ["set", google, "failed=8", "--output=json"]);
  expect(JSON.parse(stdout)).toEqual({
    id: google,
    etag: 'W/"8"',
    before,
    after: { ...before, failedDeviceCount: 8 },
    changed: true,
    warnings: [
      {
        code: "deviceTotalChanged",
        message:
          "The devices would add up to 2480 instead of 2488: a change mostly moves devices from one state to another.",
        counters: ["failedDeviceCount"],
      },
    ],
    dryRun: false,
  });
});

test("what only moves devices from one state to another brings no warning", async () => {
  const change = ["failed-=8", "installed+=8"];
  const { stdout } = await runSignedIn(fixture.server, ["set", google, ...change, "--dry-run"]);
  expect(stdout).not.toContain("!");
});

test("a dry run sends nothing", async () => {
  const { exit, stdout } = await runSignedIn(fixture.server, [
    "set",
    google,
    "failed+=1",
    "--dry-run",
    "-o",
    "json",
  ]);
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    etag: 'W/"7"',
    before: { failedDeviceCount: 16 },
    after: { failedDeviceCount: 17 },
    changed: true,
    dryRun: true,
  });
  const table = await runSignedIn(fixture.server, ["set", google, "failed+=1", "--dry-run"]);
  expect(table.stdout).toContain('\nETag  W/"7"\n');
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("nothing to change is done without sending", async () => {
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=16"]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "Nothing to change: the values are there already.\n" });
  const { stdout } = await runSignedIn(fixture.server, ["set", google, "failed=16", "-o", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ etag: 'W/"7"', changed: false, dryRun: false });
  expect(patchesAt(fixture.server)).toEqual([]);
});

describe("what get --output json printed", () => {
  test("set takes back, for the version that it was read at", async () => {
    const got = await printed(google);
    const edited = { ...got, summary: { ...got.summary, failedDeviceCount: 9 } };
    await writeFile(join(fixture.folder, "got.json"), JSON.stringify(edited));
    const args = ["set", google, "@got.json"];
    expect(await runSignedIn(fixture.server, args, { cwd: fixture.folder })).toMatchObject({ exit: 0 });
    expect(patchesAt(fixture.server)).toMatchObject([
      { body: { failedDeviceCount: 9 }, headers: { "if-match": 'W/"7"' } },
    ]);
    // The same file once more: the app is another version now.
    const again = await runSignedIn(fixture.server, args, { cwd: fixture.folder });
    expect(again.exit).toBe(5);
    expect(again.stderr).toContain('The app is W/"8" now, not W/"7". Nothing was sent.');
    expect(patchesAt(fixture.server)).toHaveLength(1);
  });

  test("of another app ends in 6, several apps too, and nothing is sent", async () => {
    const got = await printed("Adobe Reader DC");
    const other = await runSignedIn(fixture.server, ["set", google, "-"], { input: JSON.stringify(got) });
    expect(other.exit).toBe(6);
    expect(other.stderr).toContain("The JSON is of another app");
    const both = await runSignedIn(fixture.server, ["set", google, "-"], {
      input: JSON.stringify([got, got]),
    });
    expect(both.exit).toBe(6);
    expect(both.stderr).toContain("holds several apps");
    expect(patchesAt(fixture.server)).toEqual([]);
  });
});

test("a JSON patch comes from standard input or from a file", async () => {
  expect(
    await runSignedIn(fixture.server, ["set", google, "@-"], { input: '{"failedDeviceCount":9}' }),
  ).toMatchObject({ exit: 0 });
  await writeFile(join(fixture.folder, "patch.json"), '\ufeff{"failedUserCount":1e1}');
  expect(
    await runSignedIn(fixture.server, ["set", google, "@patch.json"], { cwd: fixture.folder }),
  ).toMatchObject({ exit: 0 });
  expect(patchesAt(fixture.server).map(({ body }) => body)).toEqual([
    { failedDeviceCount: 9 },
    { failedUserCount: 10 },
  ]);
});

describe("when someone else changes the app in between", () => {
  test("another value of the same counter ends in 5 and is not overwritten", async () => {
    race({ failedDeviceCount: 18 });
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8", "-o", "json"]);
    expect(exit).toBe(5);
    expect(stderr).toContain("failedDeviceCount is 18 now; it was 16, and should become 8.");
    expect(jsonError(stderr)).toMatchObject({
      error: { exit: 5, code: "PreconditionFailed", target: "failedDeviceCount" },
    });
    expect(patchesAt(fixture.server)).toHaveLength(1);
    expect(fixture.server.current(google).summary.failedDeviceCount).toBe(18);
  });

  test("the change is moved onto a version in which other counters changed, and says so", async () => {
    race({ installedUserCount: 9 });
    const { exit, stderr, stdout } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr:
        'Someone else changed the app: the change was moved onto W/"8".\nDone: Google 給与計算システム 2.2 is now W/"9".\n',
    });
    expect(stdout).toMatch(/\nETag  W\/"9"\n$/);
    expect(patchesAt(fixture.server).map(({ body, headers }) => [body, headers["if-match"]])).toEqual([
      [{ failedDeviceCount: 8 }, 'W/"7"'],
      [{ failedDeviceCount: 8 }, 'W/"8"'],
    ]);
    expect(fixture.server.current(google).summary).toMatchObject({
      failedDeviceCount: 8,
      installedUserCount: 9,
    });
  });

  test("what is added is counted again, and JSON has the values that it was counted on", async () => {
    race({ failedDeviceCount: 20 });
    const { exit, stdout } = await runSignedIn(fixture.server, ["set", google, "failed+=5", "-o", "json"]);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      before: { failedDeviceCount: 20 },
      after: { failedDeviceCount: 25 },
      changed: true,
    });
  });

  test("nothing is left to do where they did the same", async () => {
    race({ failedDeviceCount: 8 });
    const { exit, stderr, stdout } = await runSignedIn(fixture.server, [
      "set",
      google,
      "failed=8",
      "-o",
      "json",
    ]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ etag: 'W/"8"', changed: false });
    expect(patchesAt(fixture.server)).toHaveLength(1);
  });

  test("it is moved three times and no more", async () => {
    race(...[1, 2, 3, 4, 5].map((installedUserCount) => ({ installedUserCount })));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect({ exit, stderr }).toEqual({
      exit: 5,
      stderr: expect.stringContaining(
        'Someone else changed Google 給与計算システム 2.2 since it was read: it is W/"11" now. Nothing was changed.\n',
      ),
    });
    expect(patchesAt(fixture.server)).toHaveLength(4);
  });

  test("with --if-match it is not moved", async () => {
    race({ installedUserCount: 9 });
    for (const version of ['W/"7"', "*"]) {
      race({ installedUserCount: fixture.server.current(google).summary.installedUserCount + 1 });
      const args = ["set", google, "failed+=1", "--if-match", version];
      expect(await runSignedIn(fixture.server, args)).toMatchObject({ exit: 5 });
    }
    expect(patchesAt(fixture.server)).toHaveLength(2);
    expect(fixture.server.current(google).summary.failedDeviceCount).toBe(16);
  });
});

describe("behind a proxy that changes If-Match, nobody else is said to have changed the app", () => {
  const words =
    'The server refused the change of Google 給与計算システム 2.2 (412), although W/"7" is still its version. Nothing was changed.\n';

  test.each([
    ["however often it is sent", [], 4],
    ["with --if-match", ["--if-match", 'W/"7"'], 1],
  ])("%s", async (_, more, sent) => {
    fixture.server.intervene(({ method }) => (method === "PATCH" ? refused : undefined));
    const ended = await runSignedIn(fixture.server, ["set", google, "failed=8", ...more]);
    expect(ended).toMatchObject({ exit: 5, stderr: expect.stringContaining(words) });
    expect(ended.stderr).toContain("A proxy on the way may change the If-Match header.");
    expect(ended.stderr).not.toContain("omeone else");
    expect(patchesAt(fixture.server)).toHaveLength(sent);
  });

  test("a 412 that names another version than is read tells of a cache, and not of If-Match", async () => {
    const newer = { ...refused, headers: { etag: 'W/"8"' } };
    fixture.server.intervene(({ method }) => (method === "PATCH" ? newer : undefined));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8", "-o", "json"]);
    expect(exit).toBe(5);
    expect(stderr).toContain(
      'is W/"8" now, as the 412 says, but reading it still gives W/"7": a cache on the way',
    );
    expect(stderr).toContain("Run the command again once the cache has let go of it.");
    expect(stderr).not.toMatch(/If-Match header|omeone else/);
    expect(jsonError(stderr)).toMatchObject({ error: { code: "OldReading" } });
  });

  test("also where the change is applied when it is sent again", async () => {
    const answers = [refused];
    fixture.server.intervene(({ method }) => (method === "PATCH" ? answers.shift() : undefined));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr: 'Done: Google 給与計算システム 2.2 is now W/"8".\n',
    });
  });

  test("where the app cannot be read after that, no more is said than is known", async () => {
    let isSent = false;
    fixture.server.intervene(({ method }) => {
      isSent ||= method === "PATCH";
      return method === "PATCH" ? refused : isSent ? notAllowed : undefined;
    });
    const args = ["set", google, "failed=8", "--if-match", 'W/"7"'];
    const { exit, stderr } = await runSignedIn(fixture.server, args);
    expect(exit).toBe(7);
    expect(stderr).toContain(
      "What became of it could not be read either, so it is not known whether the change was applied.",
    );
  });
});

test.each(["7", "W/7", String.raw`W/\"7\"`])(
  "--if-match %s is the version that it means, since Windows PowerShell changes quotes",
  async (version) => {
    const args = ["set", google, "failed=8", "--if-match", version, "--dry-run"];
    expect(await runSignedIn(fixture.server, args)).toMatchObject({ exit: 0 });
    const other = version.replace("7", "6");
    expect(await runSignedIn(fixture.server, args.with(4, other))).toMatchObject({ exit: 5 });
  },
);

test("another version than --if-match ends in 5 without sending", async () => {
  const refused = await runSignedIn(fixture.server, ["set", google, "failed=8", "--if-match", 'W/"6"']);
  expect(refused).toMatchObject({ exit: 5, stdout: "" });
  expect(refused.stderr).toContain(
    `history ${google} --profile none shows who changed it, where the server has a change log.\n`,
  );
  expect(patchesAt(fixture.server)).toEqual([]);
  expect(await runSignedIn(fixture.server, ["set", google, "failed=8", "--if-match", 'W/"7"'])).toMatchObject(
    { exit: 0 },
  );
});

/** A log that has the change of this id, as version 8, in the response to a request of another id. */
function ownChange(clientRequestId: string | undefined, requestId = "") {
  const own = { ...(clientRequestId && { clientRequestId }), mine: true } as const;
  const change = loggedChange({ version: 8, before: {}, after: {}, ...own });
  return { status: 200, headers: { "client-request-id": requestId }, body: { value: [change] } };
}

test("a change whose response was lost is read again, and told as applied where the log has it", async () => {
  let id: string | undefined;
  fixture.server.intervene(({ method, url, headers }) => {
    const sent = headers["client-request-id"]?.toString();
    if (method === "PATCH") id = sent;
    if (method === "PATCH") return "breakAfter";
    if (!url.includes("/api/changes")) return undefined;
    return ownChange(id, sent);
  });
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
  expect({ exit, stderr }).toEqual({
    exit: 0,
    stderr:
      "No usable response came: the other side closed the connection (UND_ERR_SOCKET). It was read again: the change was applied.\n" +
      `Undo (does nothing if the app has changed since):\n  INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary set ${google} failed=16 --if-match 'W/"8"' --profile none\n` +
      'Done: Google 給与計算システム 2.2 is now W/"8".\n',
  });
  expect(patchesAt(fixture.server)).toHaveLength(1);
});

test("a change that the log has behind a version of someone else's is undone as far as that leaves it", async () => {
  let id: string | undefined;
  let isRead = false;
  fixture.server.intervene(({ method, url, headers }) => {
    const sent = headers["client-request-id"]?.toString();
    if (method === "PATCH") id = sent;
    if (method === "PATCH") return "breakAfter";
    if (id !== undefined && !isRead) {
      isRead = true;
      fixture.server.change(google, { failedDeviceCount: 300 });
    }
    if (!url.includes("/api/changes")) return undefined;
    return ownChange(id, sent);
  });
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
  expect({ exit, stderr }).toEqual({
    exit: 0,
    stderr:
      "No usable response came: the other side closed the connection (UND_ERR_SOCKET). It was read again: the change was applied. Someone else has changed the app since.\n" +
      `Undo (does nothing if these counters have changed since):\n  INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary undo ${google} 8 --profile none\n` +
      'Done: Google 給与計算システム 2.2 is now W/"9".\n',
  });
});

test("values that are there after a lost response are not told as this change where no log tells", async () => {
  let isChanged = false;
  fixture.server.intervene(({ method, url }) => {
    if (url.includes("/api/changes")) return { status: 404, body: {} };
    if (method !== "PATCH") return undefined;
    if (!isChanged) fixture.server.change(google, { failedDeviceCount: 8 });
    isChanged = true;
    return "breakBefore";
  });
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8", "--yes"]);
  expect(exit).toBe(0);
  expect(stderr).toContain(
    "It was read again: its values are there, so it counts as applied, though they may be someone else's.\nUndo ",
  );
  // Sent once more, since the server may know whose values are there.
  expect(patchesAt(fixture.server)).toHaveLength(2);
});

const openForms: readonly (readonly [readonly string[], RegExp])[] = [
  [["-o", "json"], /"changed": null/],
  [["-o", "ndjson"], /"changed":null/],
  [["-o", "csv"], /,changed,warnings,dryRun\r?\n.*,,"?\[.*\]"?,false/],
  [["-o", "tsv"], /\tchanged\twarnings\tdryRun\n.*\t\t\[.*\]\tfalse/],
  [["--query", "changed"], /^\n$/],
  [[], /\nETag  W\/"8"\nBy    this change or someone else's\n$/],
];

describe.each(openForms)(
  "that values alone tell that a change was made is said in each form: %o",
  (form, said) => {
    const log = [loggedChange({ appId: google, version: 7, mine: true })];
    test.each([
      ["set", ["set", google, "failed=18"]],
      ["undo", ["undo", google, "7"]],
    ])("%s", async (_command, args) => {
      let isSent = false;
      fixture.server.intervene((request) => {
        if (request.method === "PATCH") {
          isSent = true;
          return { applied: true, status: 500, body: {} };
        }
        // What became of the change cannot be asked: then there is no log any more.
        return isSent && request.url.startsWith("/api/")
          ? { status: 404, body: {} }
          : respondAsLog(log, request);
      });
      const { exit, stdout, stderr } = await runSignedIn(fixture.server, [
        ...args,
        "--yes",
        "--quiet",
        ...form,
      ]);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      expect(stdout).toMatch(said);
    });
  },
);

test.each(["failed=8", "failed-=8"])(
  "%s whose values are there after a lost response is not told as made, nor sent on another version, while the log cannot be read",
  async (edit) => {
    let isChanged = false;
    fixture.server.intervene(({ method, url }) => {
      if (url.includes("/api/changes")) return notAllowed;
      if (method !== "PATCH") return undefined;
      if (!isChanged) fixture.server.change(google, { failedDeviceCount: 8 });
      isChanged = true;
      return "breakBefore";
    });
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, edit, "--yes"]);
    expect(exit).toBe(7);
    expect(stderr).toContain(
      "What became of it could not be read either, so it is not known whether the change was applied. The server responded 403: Node 7 is sealed.",
    );
    expect(patchesAt(fixture.server)).toHaveLength(1);
  },
);

test("a change whose response was lost is told as made where the server recognises it", async () => {
  let patches = 0;
  fixture.server.intervene(({ method }) =>
    method === "PATCH" && (patches += 1) === 1 ? "breakAfter" : undefined,
  );
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed+=8"]);
  expect({ exit, stderr }).toEqual({
    exit: 0,
    stderr: 'The request arrived twice; it counts once.\nDone: Google 給与計算システム 2.2 is now W/"8".\n',
  });
});

test("a change that never arrives is sent once more, and told as not applied so far", async () => {
  fixture.server.intervene(({ method }) => (method === "PATCH" ? "breakBefore" : undefined));
  const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
  expect(exit).toBe(7);
  expect(stderr).toContain('W/"7" is unchanged: the change was not applied so far.');
  expect(stderr).toContain(`--if-match 'W/"7"': then it counts once`);
  // Windows PowerShell would drop the quotes inside.
  const inPowershell = { env: { PSModulePath: "/opt/microsoft/powershell/7/Modules" } };
  const there = await runSignedIn(fixture.server, ["set", google, "failed=8"], inPowershell);
  expect(there.stderr).toContain("--if-match 7: then it counts once");
  const ids = patchesAt(fixture.server).map(({ headers }) => headers["client-request-id"]);
  expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), ids[0], ids[2], ids[2]]);
});

describe("where the store began anew, and the version of that number has other values", () => {
  test("a change that no response confirmed is not sent again", async () => {
    beginAnew("breakBefore");
    const ended = await runSignedIn(fixture.server, ["set", google, "failed=8", "-o", "json"]);
    expect(ended.exit).toBe(7);
    expect(jsonError(ended.stderr)).toMatchObject({ error: { exit: 7, code: "Overtaken" } });
    expect(ended.stderr).toContain(
      'W/"7" has other values now, as in a store that began anew. The change may have been applied before that.',
    );
    expect(patchesAt(fixture.server)).toHaveLength(1);
  });

  test("a refusal is not said to be of the version that was read", async () => {
    beginAnew(refused);
    const args = ["set", google, "failed=8", "--if-match", 'W/"7"'];
    const { exit, stderr } = await runSignedIn(fixture.server, args);
    expect(exit).toBe(5);
    expect(stderr).toContain(
      'Google 給与計算システム 2.2 has other values now under the same version, as in a store that began anew: it is W/"7", as it was when it was read.',
    );
  });
});

describe("what the server said is told, whatever reading finds", () => {
  test("Seen 2: a 500 that was not applied", async () => {
    fixture.server.intervene(({ method }) => (method === "PATCH" ? diskFull : undefined));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8", "-o", "json"]);
    expect(exit).toBe(7);
    expect(stderr).toContain(
      'install-summary: The server responded 500: disk quota exceeded on node 7. W/"7" is unchanged: the change was not applied so far.\n',
    );
    expect(jsonError(stderr)).toMatchObject({ error: { exit: 7, code: "NotApplied", requestId: "abc-123" } });
    expect(patchesAt(fixture.server)).toHaveLength(1);
  });

  test("a 500, and then reading fails too: neither is said to be no response", async () => {
    let isSent = false;
    fixture.server.intervene(({ method }) => {
      if (method === "PATCH") isSent = true;
      if (method === "PATCH") return diskFull;
      return isSent ? notAllowed : undefined;
    });
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8", "-o", "json"]);
    expect(exit).toBe(7);
    expect(stderr).toContain(
      "The server responded 500: disk quota exceeded on node 7. What became of it could not be read either, so it is not known whether the change was applied. The server responded 403: Node 7 is sealed.",
    );
    expect(stderr).toContain(
      `  INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary get ${google} --profile none shows the values that are there now.\n` +
        `  Run the command again with --if-match 'W/"7"': then it counts once, even if the first request has arrived, or still does.\n`,
    );
    expect(jsonError(stderr)).toMatchObject({ error: { exit: 7, code: "Unknown", requestId: "abc-123" } });
  });

  test("a 429 that asks for a long wait: nothing was changed, and how long it is", async () => {
    fixture.server.intervene(({ method }) => (method === "PATCH" ? later(31_494_220) : undefined));
    const changing = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect(changing).toMatchObject({ exit: 7 });
    expect(changing.stderr).toContain(
      "The server asks to wait (429 TooManyRequests): Slow down. Nothing was changed.\n  Wait 365 days before the next try.\n",
    );
    fixture.server.intervene(() => later(3600));
    const reading = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect(reading).toMatchObject({ exit: 7 });
    expect(reading.stderr).toContain("Slow down. Nothing was sent.\n  Wait 60 min before the next try.\n");
  });

  test("a 500, and then other values: overtaken, since no 412 came", async () => {
    fixture.server.intervene(({ method }) => {
      if (method !== "PATCH") return undefined;
      fixture.server.change(google, { failedDeviceCount: 18 });
      return diskFull;
    });
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8", "-o", "json"]);
    expect(exit).toBe(7);
    expect(stderr).toContain("The server responded 500: disk quota exceeded on node 7.");
    expect(stderr).toContain("The app has changed since, and the new values are not there.");
    expect(jsonError(stderr)).toMatchObject({ error: { exit: 7, code: "Overtaken", requestId: "abc-123" } });
  });

  test("Seen 1: a 503 that was applied, sent again and recognised", async () => {
    const responses = [{ applied: true, ...unavailable } as const];
    fixture.server.intervene(({ method }) => (method === "PATCH" ? responses.shift() : undefined));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed+=100"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: arrivedTwice });
    expect(fixture.server.current(google)).toMatchObject({ summary: { failedDeviceCount: 116 }, version: 8 });
  });

  test("a 503 that was applied, sent again and refused with a 412 that was not looked up", async () => {
    const answers = [{ applied: true, ...unavailable } as const, refused];
    fixture.server.intervene(({ method }) => (method === "PATCH" ? answers.shift() : undefined));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed+=100"]);
    expect(exit).toBe(0);
    expect(stderr).toContain("The server responded 503: Service is down. The server responded 412: ");
    expect(stderr).toContain(
      "It was read again: its values are there, so it counts as applied, though they may be someone else's.\n  request-id 0d51\n",
    );
    expect(stderr).toContain(`set ${google} failed=16 --if-match 'W/"8"'`);
    expect(fixture.server.current(google)).toMatchObject({ summary: { failedDeviceCount: 116 }, version: 8 });
  });

  test("a 503 that stays, of a change that was not applied", async () => {
    fixture.server.intervene(({ method }) => (method === "PATCH" ? unavailable : undefined));
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect(exit).toBe(7);
    expect(stderr).toContain('The server responded 503: Service is down. W/"7" is unchanged');
    expect(patchesAt(fixture.server)).toHaveLength(4);
  });
});

describe("behind a gateway that sends requests twice", () => {
  test("what is added counts once", async () => {
    double();
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed+=100"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: arrivedTwice });
    expect(fixture.server.current(google)).toMatchObject({ summary: { failedDeviceCount: 116 }, version: 8 });
  });

  test("what is added counts once, also where someone else adds something between both", async () => {
    double(() => fixture.server.change(google, { failedDeviceCount: 117 }));
    const args = ["set", google, "failed+=100", "-o", "json"];
    const { exit, stdout, stderr } = await runSignedIn(fixture.server, args);
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr: "The request arrived twice; it counts once. Someone else has changed the app since.\n",
    });
    expect(JSON.parse(stdout)).toMatchObject({ etag: 'W/"9"', after: { failedDeviceCount: 117 } });
    expect(fixture.server.current(google)).toMatchObject({ summary: { failedDeviceCount: 117 }, version: 9 });
  });

  test("what is added counts beside the same of someone else", async () => {
    race({ failedDeviceCount: 116 });
    const { exit } = await runSignedIn(fixture.server, ["set", google, "failed+=100"]);
    expect(exit).toBe(0);
    expect(fixture.server.current(google).summary.failedDeviceCount).toBe(216);
  });

  test.each([[[]], [["--if-match", 'W/"7"']]])(
    "values that are there are left as they are where the server does not say whose they are: %o",
    async (more) => {
      fixture.server.intervene(({ method }) =>
        method === "PATCH" ? { applied: true, ...refused } : undefined,
      );
      const args = ["set", google, "failed+=100", ...more];
      const { exit, stderr } = await runSignedIn(fixture.server, args);
      expect({ exit, stderr }).toEqual({
        exit: 0,
        stderr:
          "The server responded 412: It has changed. Nothing left to change: these values are there, by this change or by someone else's.\n",
      });
      expect(fixture.server.current(google).summary.failedDeviceCount).toBe(116);
    },
  );

  test.each([[[]], [["--if-match", 'W/"7"']]])(
    "a 412 is one whatever its code is: the values are looked for, %o",
    async (more) => {
      const body = { error: { code: "Conflict412", message: "It has changed." } };
      fixture.server.intervene(({ method }) =>
        method === "PATCH" ? { applied: true, status: 412, body } : undefined,
      );
      const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed+=100", ...more]);
      expect({ exit, stderr }).toEqual({
        exit: 0,
        stderr:
          "The server responded 412: It has changed. Nothing left to change: these values are there, by this change or by someone else's.\n",
      });
      expect(patchesAt(fixture.server)).toHaveLength(1);
    },
  );

  test.each([
    [["-o", "json"], /"changed": null/],
    [["-o", "ndjson"], /"changed":null/],
    [["-o", "csv"], /,changed,warnings,dryRun\r?\n.*,,\[\],false/],
    [["-o", "tsv"], /\tchanged\twarnings\tdryRun\n.*\t\t\[\]\tfalse/],
    [["--query", "changed"], /^\n$/],
    [[], /\nETag  W\/"8"\nBy    this change or someone else's\n$/],
  ])("that it is open whose the values are is said in each form: %o", async (form, changed) => {
    fixture.server.intervene(({ method }) =>
      method === "PATCH" ? { applied: true, ...refused } : undefined,
    );
    const args = ["set", google, "failed+=100", "--yes", ...form];
    const { exit, stdout, stderr } = await runSignedIn(fixture.server, args);
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr:
        "The server responded 412: It has changed. Nothing left to change: these values are there, by this change or by someone else's.\n",
    });
    expect(stdout).toMatch(changed);
  });

  test("a conflict does not say that nothing was changed where that is not certain", async () => {
    fixture.server.intervene(({ method }) => {
      if (method !== "PATCH") return undefined;
      fixture.server.change(google, { failedDeviceCount: 18 });
      return refused;
    });
    const { exit, stderr } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect(exit).toBe(5);
    expect(stderr).toContain("failedDeviceCount is 18 now; it was 16, and should become 8.");
    expect(stderr).not.toContain("Nothing was changed.");
  });
});

test("a server without ETags is named, and --if-match is not dropped", async () => {
  const server = await startContractServer({ apps: [sampleApp(0, "Google")], withoutETags: true });
  try {
    expect(await runSignedIn(server, ["set", google, "failed=8", "--if-match", 'W/"7"'])).toMatchObject({
      exit: 6,
    });
    expect(await runSignedIn(server, ["set", google, "failed=8"])).toMatchObject({
      exit: 0,
      stderr: "This server sends no ETags: the last writer wins.\nDone: Google is now changed.\n",
    });
  } finally {
    await server.close();
  }
});

test("from a server without ETags the undo command of a change that was found is not said to be guarded", async () => {
  const server = await startContractServer({ apps: [sampleApp(0, "Google")], withoutETags: true });
  try {
    server.intervene(({ method }) => (method === "PATCH" ? { applied: true, ...diskFull } : undefined));
    const { exit, stderr } = await runSignedIn(server, ["set", google, "failed=8"]);
    expect(exit).toBe(0);
    expect(stderr).toContain(
      `Undo (the last writer wins):\n  INSTALL_SUMMARY_URL='${server.url}' install-summary set ${google} failed=16 --profile none\n`,
    );
    expect(stderr).not.toContain("does nothing");
  } finally {
    await server.close();
  }
});

test.each([
  [500, 1],
  [408, 1],
  [502, 2],
  [504, 2],
  ["no response", 2],
] as const)(
  "after %s a change that was not applied is sent as often as the README says",
  async (status, times) => {
    const answer = status === "no response" ? "breakBefore" : { ...diskFull, status };
    fixture.server.intervene(({ method }) => (method === "PATCH" ? answer : undefined));
    const { exit } = await runSignedIn(fixture.server, ["set", google, "failed=8"]);
    expect(exit).toBe(7);
    expect(patchesAt(fixture.server)).toHaveLength(times);
  },
);

test("a change that is stopped on its way is told as possibly applied", async () => {
  fixture.server.intervene(({ method }) => (method === "PATCH" ? "hang" : undefined));
  const { child, ended } = startProgram(["set", google, "failed=8"], { env: signedIn(fixture.server) });
  await vi.waitFor(() => expect(patchesAt(fixture.server)).toHaveLength(1), 30_000);
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({
    exit: 143,
    stderr: expect.stringContaining("it may have been applied"),
  });
});

const arrivedTwice =
  'The request arrived twice; it counts once.\nDone: Google 給与計算システム 2.2 is now W/"8".\n';
/** After the first PATCH, to which `answer` happens, the server has another store. */
function beginAnew(answer: typeof refused | "breakBefore"): void {
  const { summary } = fixture.server.current(google);
  const anew = { "@odata.etag": 'W/"7"', ...summary, installedDeviceCount: 1 };
  let isSent = false;
  fixture.server.intervene(({ method }) => {
    isSent ||= method === "PATCH";
    if (method === "PATCH") return answer;
    return isSent ? { status: 200, headers: { etag: 'W/"7"' }, body: anew } : undefined;
  });
}

const refused = {
  status: 412,
  body: { error: { code: "PreconditionFailed", message: "It has changed." } },
};
const diskFull = {
  status: 500,
  headers: { "request-id": "abc-123" },
  body: { error: { code: "InternalServerError", message: "disk quota exceeded on node 7" } },
};
const notAllowed = {
  status: 403,
  body: { error: { code: "Forbidden", message: "Node 7 is sealed." } },
};
const unavailable = {
  status: 503,
  headers: { "request-id": "0d51", "retry-after": "0" },
  body: { error: { code: "ServiceUnavailable", message: "Service is down." } },
};

/** Makes these changes, one before each PATCH that comes. */
function race(...changes: readonly InstallSummaryPatch[]): void {
  const left = [...changes];
  fixture.server.intervene(({ method }) => {
    const change = method === "PATCH" ? left.shift() : undefined;
    if (change !== undefined) fixture.server.change(google, change);
    return undefined;
  });
}

/** A server that asks to wait so many seconds. */
const later = (seconds: number) => ({
  status: 429,
  headers: { "retry-after": String(seconds) },
  body: { error: { code: "TooManyRequests", message: "Slow down." } },
});

/** Lets every change arrive twice. */
function double(between: () => void = () => {}): void {
  fixture.server.intervene(({ method }) => (method === "PATCH" ? { between } : undefined));
}

/** What `get` prints of an app as JSON. */
async function printed(app: string): Promise<Record<string, unknown> & { readonly summary: object }> {
  const { stdout } = await runSignedIn(fixture.server, ["get", app, "--output", "json"]);
  return JSON.parse(stdout);
}
