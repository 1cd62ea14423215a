import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { InstallSummaryPatch } from "@install-summary/core";
import { expect, test, vi } from "vitest";
import {
  google,
  jsonError,
  patchesAt,
  runSignedIn,
  signedIn,
  useCommandsFixture,
} from "./commands-fixture.ts";
import { loggedChange } from "./logged-change.ts";
import { startProgram, type Ended } from "./run-program.ts";
import { sampleId } from "./sample-apps.ts";

const fixture = useCommandsFixture();
const [reader, readerDc, evil] = [sampleId(1), sampleId(2), sampleId(3)];

interface Change {
  readonly id: string;
  readonly etag?: string | null;
  readonly from: number;
  readonly to: number;
}

/** The apps of the fixture with their failed devices. */
const all: readonly Change[] = [
  { id: google, etag: 'W/"7"', from: 16, to: 8 },
  { id: reader, from: 3, to: 2 },
  { id: readerDc, from: 341, to: 300 },
];

function planText(changes: readonly Change[], url = fixture.server.url): string {
  return JSON.stringify({
    format: 1,
    url,
    changes: changes.map(({ id, etag = 'W/"1"', from, to }) => ({
      id,
      etag,
      before: { failedDeviceCount: from },
      patch: { failedDeviceCount: to },
    })),
  });
}

async function apply(changes: readonly Change[], ...args: readonly string[]): Promise<Ended> {
  await writeFile(join(fixture.folder, "plan.json"), planText(changes));
  return runSignedIn(fixture.server, ["apply", "plan.json", ...args], { cwd: fixture.folder });
}

const failedOf = (id: string): number => fixture.server.current(id).summary.failedDeviceCount;

test("a plan is checked, sent with each app's version, and told app by app", async () => {
  const { exit, stdout, stderr } = await apply(all, "--yes", "--output", "json");
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "Done: 3 applied.\n" });
  expect(JSON.parse(stdout)).toEqual({
    applied: 3,
    unchanged: 0,
    stale: 0,
    refused: 0,
    unconfirmed: 0,
    notSent: 0,
    dryRun: false,
    results: [
      {
        id: google,
        displayName: "Google 給与計算システム 2.2",
        result: "applied",
        etag: 'W/"8"',
        message: null,
        requestId: expect.any(String),
      },
      {
        id: reader,
        displayName: "Adobe Reader",
        result: "applied",
        etag: 'W/"2"',
        message: null,
        requestId: expect.any(String),
      },
      {
        id: readerDc,
        displayName: "Adobe Reader DC",
        result: "applied",
        etag: 'W/"2"',
        message: null,
        requestId: expect.any(String),
      },
    ],
  });
  expect(all.map(({ id }) => failedOf(id))).toEqual([8, 2, 300]);
  const sent = patchesAt(fixture.server);
  expect(sent.map(({ body }) => body)).toEqual(
    expect.arrayContaining([{ failedDeviceCount: 8 }, { failedDeviceCount: 2 }, { failedDeviceCount: 300 }]),
  );
  expect(sent.map(({ headers }) => String(headers["if-match"])).toSorted()).toEqual([
    'W/"1"',
    'W/"1"',
    'W/"7"',
  ]);
});

test("the same plan again changes nothing: what is there already is left", async () => {
  await apply(all, "--yes");
  const { exit, stderr } = await apply(all, "--yes");
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "Done: 3 unchanged.\n" });
  expect(patchesAt(fixture.server)).toHaveLength(3);
});

test.each(['"7"', "7", "W/7"])(
  "a plan whose etag is written %s is of the version that it means",
  async (etag) => {
    const { exit, stderr } = await apply([{ id: google, etag, from: 16, to: 8 }], "--yes");
    expect({ exit, stderr }).toMatchObject({ exit: 0, stderr: expect.stringContaining("Done: 1 applied") });
    expect(patchesAt(fixture.server)).toMatchObject([{ headers: { "if-match": 'W/"7"' } }]);
    const again = await apply([{ id: google, etag, from: 16, to: 9 }], "--yes", "--each", "-o", "json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      results: [{ result: "stale", message: expect.stringContaining('It is W/"8" now, not W/"7".') }],
    });
  },
);

test("a stale change stops everything before anything is sent", async () => {
  fixture.server.change(reader, { failedUserCount: 1 });
  const { exit, stdout, stderr } = await apply(all, "--yes", "-o", "json");
  expect(exit).toBe(5);
  expect(JSON.parse(stdout)).toMatchObject({ applied: 0, stale: 1, notSent: 2 });
  expect(stderr).toContain("2 ready, 1 stale. Nothing was sent.");
  expect(jsonError(stderr)).toMatchObject({ error: { exit: 5, code: "PreconditionFailed" } });
  expect(patchesAt(fixture.server)).toEqual([]);
});

test.each([
  ["beside others", () => all, true],
  ["alone", () => all.filter(({ id }) => id === reader), false],
])("--each is offered for a stale change %s where it would send something", async (_, changes, isOffered) => {
  fixture.server.change(reader, { failedUserCount: 1 });
  const { exit, stderr } = await apply(changes(), "--yes");
  expect(exit).toBe(5);
  expect(stderr.includes("--each sends the changes that can be sent.")).toBe(isOffered);
});

test("a change that may have been applied before others changed its app ends in 7, and the others are sent", async () => {
  fixture.server.intervene(({ method, url }) => {
    if (method !== "PATCH" || !url.includes(google)) return undefined;
    fixture.server.change(google, { failedDeviceCount: 18 });
    return { status: 500, body: { error: { code: "InternalServerError", message: "disk full" } } };
  });
  const alone = await apply(all.slice(0, 1), "--yes", "-o", "json");
  expect(alone.exit).toBe(7);
  expect(JSON.parse(alone.stdout)).toMatchObject({ unconfirmed: 1 });
  expect(jsonError(alone.stderr)).toMatchObject({ error: { exit: 7 } });
  const google18 = { id: google, etag: 'W/"8"', from: 18, to: 8 };
  const beside = await apply([google18, ...all.slice(1)], "--yes", "-o", "json");
  expect(beside.exit).toBe(8);
  expect(JSON.parse(beside.stdout)).toMatchObject({ unconfirmed: 1, applied: 2, notSent: 0 });
});

test("a token that expires on the way is told beside what was not sent, also after a lost response", async () => {
  const expired = { code: "InvalidAuthenticationToken", message: "The token is expired." };
  let patches = 0;
  fixture.server.intervene(({ method }) => {
    if (method === "PATCH") patches += 1;
    if (method === "PATCH" && patches === 1) return "breakBefore";
    return patches > 0 ? { status: 401, body: { error: expired } } : undefined;
  });
  const changes = [...all, { id: evil, from: 0, to: 1 }];
  const { exit, stderr } = await apply(changes, "--yes", "--each", "--rebase", "--output", "json");
  expect(exit).toBe(7);
  expect(stderr).toContain("3 refused, 1 unconfirmed.");
  expect(stderr).toContain("  Renew INSTALL_SUMMARY_TOKEN");
  expect(stderr).toContain(
    `  INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary apply plan.json --each --rebase --profile none sends the rest: `,
  );
});

test("--each sends what is not stale, and ends in 8", async () => {
  fixture.server.change(reader, { failedUserCount: 1 });
  const { exit, stdout } = await apply(all, "--yes", "--each", "-o", "json");
  expect(exit).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({
    applied: 2,
    stale: 1,
    results: [
      { result: "applied" },
      { result: "stale", message: 'It is W/"2" now, not W/"1".' },
      { result: "applied" },
    ],
  });
  expect(failedOf(reader)).toBe(3);
});

test("--rebase moves a change onto a version where others changed other counters", async () => {
  fixture.server.change(reader, { failedUserCount: 1 });
  const { exit, stdout } = await apply(all, "--yes", "--rebase");
  expect(exit).toBe(0);
  expect(stdout).toContain('applied  3        Moved onto W/"2": its counters are as when it was planned.');
  expect(fixture.server.current(reader).summary).toMatchObject({ failedDeviceCount: 2, failedUserCount: 1 });
});

test.each([
  ["others have", {}, "stale"],
  ["the same person has", { mine: true }, "applied"],
] as const)(
  "--rebase where the log tells that %s changed a counter and changed it back",
  async (_, by, result) => {
    const [there, away] = [{ failedDeviceCount: 3 }, { failedDeviceCount: 50 }];
    fixture.server.change(reader, away);
    fixture.server.change(reader, there);
    const log = [
      loggedChange({ appId: reader, version: 3, before: away, after: there, ...by }),
      loggedChange({ appId: reader, version: 2, before: there, after: away, ...by }),
    ];
    fixture.server.intervene(({ url }) =>
      url.startsWith("/api/changes") ? { status: 200, body: { value: log } } : undefined,
    );
    const { exit, stdout } = await apply(all, "--yes", "--rebase", "--each", "-o", "json");
    expect(exit).toBe(result === "stale" ? 8 : 0);
    const message =
      result === "stale"
        ? 'It is W/"3" now, not W/"1". failedDeviceCount was changed since, and is 3 again.'
        : 'Moved onto W/"3": its counters are as when it was planned.';
    const [first, second] = [{ result: "applied" }, { result, message }];
    expect(JSON.parse(stdout)).toMatchObject({ results: [first, second, first] });
    expect(failedOf(reader)).toBe(result === "stale" ? 3 : 2);
  },
);

test("--rebase never overwrites a counter that others have changed", async () => {
  fixture.server.change(reader, { failedDeviceCount: 4 });
  const { exit, stdout, stderr } = await apply(all, "--yes", "--rebase");
  expect(stderr).toContain(
    "Others changed the same counters: plan names their values. Set these yourself, or edit a new list.\n",
  );
  expect(stderr).not.toContain("--rebase");
  expect(exit).toBe(5);
  expect(stdout).toContain("failedDeviceCount is 4 now; it was 3.");
  expect(patchesAt(fixture.server)).toEqual([]);
});

test.each([
  ["alone", { failedDeviceCount: 4 }, undefined, false],
  ["beside a stale change that can be moved", { failedDeviceCount: 4 }, { failedUserCount: 1 }, true],
])(
  "where others changed the same counter, --rebase is not offered for it: %s",
  async (_, theirs, other, isOffered) => {
    fixture.server.change(reader, theirs);
    if (other !== undefined) fixture.server.change(google, other);
    const { exit, stderr } = await apply(all, "--yes");
    expect(exit).toBe(5);
    expect(stderr.includes("--rebase moves changes")).toBe(isOffered);
    expect(stderr).toContain(
      "Others changed the same counters: plan names their values. Set these yourself, or edit a new list.\n",
    );
    expect(patchesAt(fixture.server)).toEqual([]);
  },
);

test("someone who is faster after the check wins: the change is stale, the others are sent", async () => {
  let isFirst = true;
  fixture.server.intervene(({ method, url }) => {
    if (method === "PATCH" && url.includes(reader) && isFirst) {
      isFirst = false;
      fixture.server.change(reader, { failedDeviceCount: 50 });
    }
    return undefined;
  });
  const { exit, stdout } = await apply(all, "--yes", "-o", "json");
  expect(exit).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({ applied: 2, stale: 1 });
  expect(failedOf(reader)).toBe(50);
});

test.each([
  ["does not say", [], "by this change or by someone else's."],
  ["has looked up", ["--rebase"], "someone else already set these values."],
])("where the values are there after a 412, and the server %s whose they are", async (how, more, told) => {
  fixture.server.intervene(({ method }) => {
    if (method !== "PATCH") return undefined;
    if (how === "does not say")
      return {
        applied: true,
        status: 412,
        body: { error: { code: "PreconditionFailed", message: "It has changed." } },
      };
    fixture.server.change(google, { failedDeviceCount: 8 });
    return undefined;
  });
  const { exit, stdout, stderr } = await apply(all.slice(0, 1), "--yes", "-o", "json", ...more);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "Done: 1 unchanged.\n" });
  expect(JSON.parse(stdout)).toMatchObject({
    results: [{ result: "unchanged", etag: 'W/"8"', message: expect.stringContaining(told) }],
  });
  expect(failedOf(google)).toBe(8);
});

test("a 412 with a code of its own is a conflict as any: the change of someone else is named, and the rest is sent", async () => {
  fixture.server.intervene(({ method, url }) => {
    if (method !== "PATCH" || !url.includes(reader)) return undefined;
    fixture.server.change(reader, { failedDeviceCount: 50 });
    return { status: 412, body: { error: { code: "Conflict412", message: "It has changed." } } };
  });
  const { exit, stdout } = await apply(all, "--yes", "-o", "json");
  expect(exit).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({ applied: 2, stale: 1 });
  expect(failedOf(reader)).toBe(50);
});

test("a 412 under the version that the app still has is a refusal: nobody changed the app", async () => {
  fixture.server.intervene(({ method, url }) =>
    method === "PATCH" && url.includes(reader)
      ? { status: 412, body: { error: { code: "PreconditionFailed", message: "No." } } }
      : undefined,
  );
  const { exit, stdout, stderr } = await apply(all, "--yes", "-o", "json");
  expect(exit).toBe(8);
  expect(JSON.parse(stdout)).toMatchObject({
    applied: 2,
    stale: 0,
    refused: 1,
    results: [
      { result: "applied" },
      { result: "refused", message: expect.stringContaining('(412), although W/"1" is still its version.') },
      { result: "applied" },
    ],
  });
  expect(stderr).not.toContain("--rebase");
});

test("an app that is gone ends in 4, and nothing is sent", async () => {
  const { exit, stdout } = await apply([...all, { id: sampleId(66), from: 1, to: 2 }], "--yes");
  expect(exit).toBe(4);
  expect(stdout).toContain("The server knows no app with this id.");
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("a dry run reads and sends nothing", async () => {
  const { exit, stdout, stderr } = await apply(all, "--dry-run", "-o", "json");
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "Dry run: nothing was sent. 3 ready.\n" });
  expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, results: [{ result: "ready" }, {}, {}] });
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("without a terminal one app goes ahead, and several stop with 2 unless --yes is given", async () => {
  const several = await apply(all);
  expect(several).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining("need --yes without a terminal"),
  });
  expect(patchesAt(fixture.server)).toEqual([]);
  expect(await apply(all.slice(0, 1))).toMatchObject({ exit: 0 });
  expect(failedOf(google)).toBe(8);
});

test("a plan on standard input is taken", async () => {
  const input = planText(all.slice(0, 1));
  expect(await runSignedIn(fixture.server, ["apply", "-"], { input })).toMatchObject({ exit: 0 });
  expect(failedOf(google)).toBe(8);
});

test("read-only stops before the network, with 3", async () => {
  expect(await apply(all, "--yes", "--read-only")).toMatchObject({ exit: 3, stdout: "" });
  expect(fixture.server.requests).toEqual([]);
});

test("a plan for another server ends in 2, before any request", async () => {
  const input = planText(all, "http://127.0.0.1:1/beta");
  const ended = await runSignedIn(fixture.server, ["apply", "-", "--yes"], { input });
  expect(ended).toMatchObject({ exit: 2, stderr: expect.stringContaining("The plan is for another server") });
  expect(fixture.server.requests).toEqual([]);
});

test("a plan that names this computer differently is for the same server", async () => {
  const input = planText(all, fixture.server.url.replace("127.0.0.1", "LOCALHOST"));
  const ended = await runSignedIn(fixture.server, ["apply", "-", "--yes"], { input });
  expect(ended).toMatchObject({ exit: 0, stderr: "Done: 3 applied.\n" });
});

test("a plan that is broken is named, with where it is wrong and what to do", async () => {
  await writeFile(join(fixture.folder, "plan.json"), planText([{ id: google, from: 1, to: -1 }]));
  const ended = await runSignedIn(fixture.server, ["apply", "plan.json"], { cwd: fixture.folder });
  expect(ended).toMatchObject({ exit: 6, stdout: "" });
  expect(ended.stderr).toContain(
    "changes[0].patch.failedDeviceCount must be a whole number from 0 to 2147483647.",
  );
  expect(ended.stderr).toMatch(/apply plan\.json\n +\^{9}\n/);
  expect(ended.stderr).toContain(
    `Make it again: INSTALL_SUMMARY_URL='${fixture.server.url}' install-summary plan FILE --output json --profile none > plan.json\n`,
  );
});

test.each([
  ["no JSON", "ApplicationId,x\n", "The plan cannot be read: it is not JSON"],
  ["a newer format", '{"format":2,"url":"x","changes":[]}', "of a newer version of this program"],
  ["an app twice", "twice", "an app may have one change only"],
  ["another counter in before", "uneven", "before and patch must have the same counters"],
  ["a value out of range", "range", "changes[0].patch.failedDeviceCount"],
  ["a counter twice", "both", "'failedDeviceCount' is repeated at line 1, column "],
  [
    "a value that a double would round",
    "rounded",
    "changes[2].patch.failedDeviceCount must be a whole number",
  ],
])("a plan with %s ends in 6", async (_, text, message) => {
  const input = text
    .replace(/^twice$/, planText([...all, ...all]))
    .replace(/^uneven$/, planText(all).replace('"before":{"failedDeviceCount":16}', '"before":{}'))
    .replace(/^both$/, planText(all).replace(/[0-9]+(?=\D*$)/, '4,"failedDeviceCount":5'))
    .replace(/^rounded$/, planText(all).replace(/[0-9]+(?=\D*$)/, "4.00000000000000000001"))
    .replace(/^range$/, planText([{ id: google, from: 1, to: -1 }]));
  const ended = await runSignedIn(fixture.server, ["apply", "-", "--yes"], { input });
  expect(ended).toMatchObject({ exit: 6, stdout: "", stderr: expect.stringContaining(message) });
  expect(fixture.server.requests).toEqual([]);
});

test("a response that was lost is looked up: the change counts once", async () => {
  let isFirst = true;
  fixture.server.intervene(({ method }) => {
    if (method !== "PATCH" || !isFirst) return undefined;
    isFirst = false;
    return "breakAfter";
  });
  expect(await apply(all, "--yes")).toMatchObject({ exit: 0 });
  expect(all.map(({ id }) => fixture.server.current(id).version)).toEqual([8, 2, 2]);
});

test("a change that only its values show to be applied is told so", async () => {
  fixture.server.intervene(({ method, url }) => {
    if (url.includes("/api/changes")) return { status: 404, body: {} };
    return method === "PATCH" && url.includes(reader) ? "breakAfter" : undefined;
  });
  const { exit, stdout } = await apply(all, "--yes", "-o", "json");
  expect(exit).toBe(0);
  const message = expect.stringContaining("they may be someone else's");
  expect(JSON.parse(stdout)).toMatchObject({ results: [{ message: null }, { message }, { message: null }] });
});

test.each<[string, boolean, readonly InstallSummaryPatch[], string | null, string]>([
  ["the log tells it", true, [{ failedDeviceCount: 300 }], 'W/"2"', ""],
  ["it is changed back", true, [{ failedUserCount: 300 }, { failedUserCount: 17 }], 'W/"2"', ""],
  ["only its values do", false, [{ failedUserCount: 300 }], null, "No response confirmed it."],
])(
  "a version of someone else's is not told as that of an applied change, where %s",
  async (_what, hasLog, others, made, first) => {
    let id: string | undefined;
    let isRead = false;
    fixture.server.intervene(({ method, url, headers }) => {
      const sent = headers["client-request-id"]?.toString();
      if (!url.includes(reader)) return undefined;
      if (method === "PATCH") id = sent;
      if (method === "PATCH") return "breakAfter";
      if (id !== undefined && !isRead) {
        isRead = true;
        for (const other of others) fixture.server.change(reader, other);
      }
      if (!url.includes("/api/changes")) return undefined;
      if (!hasLog) return { status: 404, body: {} };
      const change = loggedChange({
        version: 2,
        appId: reader,
        before: {},
        after: {},
        ...(id && { clientRequestId: id, mine: true as const }),
      });
      return { status: 200, headers: { "client-request-id": sent ?? "" }, body: { value: [change] } };
    });
    const { exit, stdout } = await apply(all, "--yes", "-o", "json");
    expect(exit).toBe(0);
    const [, told] = JSON.parse(stdout).results;
    expect(told).toMatchObject({ result: "applied", etag: made });
    expect(told.message).toMatch(
      new RegExp(`^${first}.*Someone else has changed the app since: it is W/"${2 + others.length}" now\\.$`),
    );
  },
);

test("a server that stops taking changes ends the work: the rest is not sent", async () => {
  const changes = [...all, { id: evil, from: 0, to: 1 }];
  fixture.server.intervene(({ method }) =>
    method === "PATCH"
      ? { status: 403, body: { error: { code: "accessDenied", message: "You may only read." } } }
      : undefined,
  );
  const { exit, stdout } = await apply(changes, "--yes", "-o", "json");
  expect(exit).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ applied: 0, refused: 4 });
});

test("Ctrl-C while changes are on their way says what became of each, and ends in 130", async () => {
  fixture.server.intervene(({ method, url }) =>
    method === "PATCH" && !url.includes(google) ? "hang" : undefined,
  );
  await writeFile(join(fixture.folder, "plan.json"), planText(all));
  const { child, ended } = startProgram(["apply", "plan.json", "--yes", "-o", "json"], {
    cwd: fixture.folder,
    env: signedIn(fixture.server),
  });
  await vi.waitFor(() => {
    expect(patchesAt(fixture.server)).toHaveLength(3);
    expect(failedOf(google)).toBe(8);
  }, 30_000);
  child.kill("SIGINT");
  const { exit, stdout, stderr } = await ended;
  expect(exit).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ unconfirmed: 2 });
  expect(stderr).toContain("Stopped by Ctrl-C.");
});
