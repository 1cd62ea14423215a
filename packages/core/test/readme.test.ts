import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyPatch,
  decidePatch,
  diff,
  formatETag,
  formatSummary,
  graphErrorBody,
  invert,
  isGraphError,
  matchesETag,
  nextStep,
  parsePatch,
  readFailureFacts,
  rebase,
  safeParsePatchText,
  startChange,
  warnings,
  type ChangeLimits,
  type EditConflict,
  type GraphError,
  type InstallSummary,
  type InstallSummaryEdit,
  type InstallSummaryPatch,
  type Preconditions,
  type VersionedSummary,
} from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";
import {
  checkList,
  checkPair,
  checkRace,
  createMemoryService,
  goldenPairs,
  type SentRequest,
} from "@install-summary/core/contract";
import { readReport, writeReport, type ReportEntry } from "@install-summary/core/report";
import { expect, onTestFinished, test } from "vitest";
import { clientOf, graphBody } from "./open-client.ts";
import { appId, sampleSummary } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";
import { sendJson, serve } from "./serve.ts";

// These tests contain every line of the README's examples, in their order; the last test checks that. They compile as
// users compile them: `tsconfig.plain.json` has no more than `strict`.

const getToken = (): string => "secret";
const sleep = async (_milliseconds: number): Promise<void> => {};

test("read and change a summary, and list apps", async () => {
  const { baseUrl } = await serveSummary(({ proceed }) => proceed());

  // `getToken` stands for whatever gives you a bearer token as text. It is called before every request, and once again
  // when the server refuses the token.
  const client = createInstallSummaryClient({ baseUrl, token: () => getToken() });

  const { summary, etag } = await client.get(appId);
  const oneMore = { installedDeviceCount: summary.installedDeviceCount + 1 };
  const changed = await client.update(appId, oneMore, { ifMatch: etag });

  expect(changed).toMatchObject({ summary: sampleSummary({ installedDeviceCount: 5 }), etag: 'W/"2"' });

  const failing: string[] = [];
  for await (const app of client.list({ search: "contoso" })) {
    if (app.installSummary.failedDeviceCount > 0) failing.push(app.displayName ?? app.id);
  }

  expect(failing).toEqual(["Contoso Portal"]);
});

test("edit a summary, and preview a change", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method === "PATCH" && exchange.before === 1) server.change({ failedDeviceCount: 9 });
    exchange.proceed();
  });
  const client = clientOf(server);
  const asked: string[] = [];
  function chooseValues(conflicts: readonly EditConflict[], now: InstallSummary): InstallSummaryEdit {
    asked.push(...conflicts.map(({ counter }) => counter));
    return { failedDeviceCount: now.failedDeviceCount - 1 };
  }

  // Reads, then writes only if nothing changed in between; otherwise it reads again and reapplies the edit.
  // Two people adding 5 and 3 add 8.
  await client.edit(appId, () => ({ pendingInstallUserCount: { add: -1 } }));

  // When two people set a counter to different values, `onConflict` decides; without it an EditConflictError is thrown.
  // A counter that was changed and changed back in between counts as untouched: `update` with `ifMatch` would refuse it.
  await client.edit(appId, () => ({ failedDeviceCount: 0, failedUserCount: 0 }), {
    onConflict: (conflicts, theirs) => chooseValues(conflicts, theirs.summary),
  });

  // Asks what would happen, and gets warnings. A host that does not know dry runs never sees the patch.
  const preview = await client.update(appId, { failedDeviceCount: 0 }, { dryRun: true });

  expect(asked).toEqual(["failedDeviceCount"]);
  const edited = sampleSummary({ pendingInstallUserCount: 6, failedDeviceCount: 8, failedUserCount: 0 });
  expect(server.current()).toMatchObject({ summary: edited, version: 4 });
  expect(preview.warnings?.map(({ code }) => code)).toEqual(["deviceTotalChanged"]);
});

test("carry on after someone else's change", async () => {
  const server = await serveSummary((exchange) => {
    if (exchange.request.method === "PATCH" && exchange.before === 0)
      server.change({ installedUserCount: 3 });
    exchange.proceed();
  });
  const client = clientOf(server);
  const { summary, etag } = await client.get(appId);

  const wanted = { ...summary, failedDeviceCount: 0 };
  const patch = diff(summary, wanted);
  try {
    await client.update(appId, patch, { ifMatch: etag });
  } catch (error) {
    if (!isGraphError(error, "PreconditionFailed")) throw error;
    // Someone else changed the summary: go on if they changed other counters only.
    const theirs = await client.get(appId);
    const mine = rebase(summary, patch, theirs.summary);
    if (mine.conflicts.length > 0) throw error;
    await client.update(appId, mine.patch, { ifMatch: theirs.etag });
  }

  expect(server.current().summary).toEqual(sampleSummary({ failedDeviceCount: 0, installedUserCount: 3 }));
});

test("drive a change with nextStep", async () => {
  let isRefused = false;
  const server = await serveSummary((exchange) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    if (isRefused) return sendJson(exchange.response, 403, graphBody("Forbidden"));
    exchange.commit();
    exchange.drop();
  });
  const client = clientOf(server);
  const { summary, etag } = await client.get(appId);
  const patch = { failedDeviceCount: 0 };
  const clientRequestId = "7d6f9c2e";

  async function drive(): Promise<unknown> {
    const limits: ChangeLimits = { sends: 5, looks: 4, repeats: 0, pause: 1000, maxWait: 60_000 };
    const options = { ifMatch: etag, clientRequestId };
    let step = startChange({ patch, etag, base: summary }, limits);
    let failure: unknown;
    while (step.kind !== "done") {
      await sleep(step.wait);
      try {
        if (step.kind === "send") return await client.sendOnce(appId, patch, options);
        step = nextStep(step.state, { kind: "read", current: await client.get(appId) });
      } catch (error) {
        failure = error;
        const kind = step.kind === "send" ? "failed" : "readFailed";
        step = nextStep(step.state, { kind, failure: readFailureFacts(error) });
      }
    }
    if (step.end.outcome === "applied") return step.end.current; // no response said so, and reading found it
    throw new Error(`The change ended as ${step.end.outcome}.`, { cause: failure });
  }

  expect(await drive()).toMatchObject({ etag: 'W/"2"' });
  expect(server.requests[1]?.headers["client-request-id"]).toBe(clientRequestId);
  isRefused = true;
  const refusal = { message: "The change ended as refused.", cause: { status: 403 } };
  await expect(drive()).rejects.toMatchObject(refusal);
});

test("parse a patch, apply it, compare, and find warnings", () => {
  const summary = Object.freeze(sampleSummary());

  const patch = parsePatch({ failedDeviceCount: 0, failedUserCount: 3 });
  const preview = applyPatch(summary, patch);
  const smallest = diff(summary, preview);
  const secondLooks = warnings(summary, preview, { off: ["largeChange"] });

  expect(preview).toEqual(sampleSummary({ failedDeviceCount: 0, failedUserCount: 3 }));
  expect(smallest).toEqual(patch);
  expect(secondLooks.map(({ code }) => code)).toEqual([
    "deviceTotalChanged",
    "userTotalChanged",
    "failedUsersWithoutFailedDevices",
  ]);
});

test("carry an edit over, undo a change", () => {
  const summary = Object.freeze(sampleSummary());
  const changed = { summary: Object.freeze(sampleSummary({ failedUserCount: 3, installedUserCount: 14 })) };
  const theirs = { summary: { ...changed.summary, failedDeviceCount: 5, installedUserCount: 13 } };

  // Carries an edit that was made on `summary` onto `theirs`: the patch that still holds, and what needs a decision.
  const mine = { failedDeviceCount: 0, failedUserCount: { add: 2 } };
  const { patch, conflicts } = rebase(summary, mine, theirs.summary);

  // Undoes a change. Counters that others have changed since are conflicts.
  const undo = invert({ before: summary, after: changed.summary }, theirs.summary);

  // Takes back by how much it changed them: an undo of +5 is -5, whatever others have added since.
  const subtracted = invert({ before: summary, after: changed.summary }, theirs.summary, { relative: true });

  expect(patch).toEqual({ failedUserCount: 5 });
  expect(conflicts).toEqual([
    { counter: "failedDeviceCount", base: 1, mine: 0, theirs: 5, reason: "changed" },
  ]);
  expect(undo.patch).toEqual({ failedUserCount: 15 });
  expect(undo.conflicts.map(({ counter }) => counter)).toEqual(["installedUserCount"]);
  expect(subtracted).toEqual({ patch: { installedUserCount: 1, failedUserCount: 15 }, conflicts: [] });
});

test("decide a PATCH as a server does", async () => {
  const baseUrl = "https://test.example/beta";
  let current: VersionedSummary = { summary: sampleSummary(), version: 7 };

  function respond(body: Uint8Array, preconditions: Preconditions): Response {
    const parsed = safeParsePatchText(body, { id: current.summary.id });
    if (!parsed.success) return reject(parsed.error);
    const decision = decidePatch(current, parsed.data, preconditions);
    if (decision.kind === "refused") return reject(decision.error);
    if (decision.kind === "changed") current = decision;
    const headers = { "content-type": "application/json", etag: formatETag(current.version) };
    return new Response(formatSummary(current.summary, { base: baseUrl }), { headers });
  }

  function reject(error: GraphError): Response {
    const requestId = crypto.randomUUID();
    const body = graphErrorBody(error, { date: new Date(), requestId, clientRequestId: requestId });
    const response = Response.json(body, { status: error.status });
    if (error.status === 412) response.headers.set("etag", formatETag(current.version));
    return response;
  }

  // With GET beside it, that server passes the pairs on bodies and preconditions with which the contract begins.
  async function route({ method, headers, body = "" }: SentRequest): Promise<Response> {
    const ifNoneMatch = headers["if-none-match"];
    if (method === "PATCH")
      return respond(typeof body === "string" ? bytes(body) : body, {
        ifMatch: headers["if-match"],
        ifNoneMatch,
      });
    const isKnown = ifNoneMatch !== undefined && matchesETag(ifNoneMatch, formatETag(current.version));
    return isKnown
      ? new Response(null, { status: 304, headers: { etag: formatETag(current.version) } })
      : respond(bytes("{}"), {});
  }
  const run = { appId, etags: new Map<string, string>() };
  for (const pair of goldenPairs.slice(0, 9)) {
    expect({ [pair.name]: await checkPair(pair, route, run) }).toEqual({ [pair.name]: [] });
  }
  const stale = respond(bytes('{"failedDeviceCount":0}'), { ifMatch: 'W/"7"' });
  expect([stale.status, stale.headers.get("etag")]).toEqual([412, formatETag(current.version)]);
});

test("read a report", async () => {
  const file = new Blob([`ApplicationId,FailedDeviceCount\n${appId},4\nnope,5\n${appId},6\n`]);

  const rejected: string[] = [];
  const patches = new Map<string, InstallSummaryPatch>();
  for await (const row of readReport(file.stream())) {
    if ("problem" in row) rejected.push(`line ${row.line}: ${row.problem}`);
    else if (patches.has(row.app.id)) rejected.push(`line ${row.line}: a second row for ${row.app.id}`);
    else patches.set(row.app.id, row.patch);
  }

  expect(rejected).toEqual([
    "line 3: The ApplicationId 'nope' is not a GUID.",
    `line 4: a second row for ${appId}`,
  ]);
  expect([...patches]).toEqual([[appId, { failedDeviceCount: 4 }]]);
});

test("read the pages of a report from files of Node", async () => {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-pages-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [index, id] of [appId, "7f3c1a52-4d0e-4c7b-9b1f-2f5a6c8d9e01"].entries()) {
    const values = [{ ApplicationId: id, FailedDeviceCount: 4 }];
    await writeFile(join(folder, `page${index}.json`), JSON.stringify({ TotalRowCount: 2, values }));
  }
  const apps: string[] = [];

  const pages = ["page0.json", "page1.json"].map((page) => createReadStream(join(folder, page)));
  for await (const row of readReport(pages)) apps.push(`file ${row.file}, row ${row.line}`);

  expect(apps).toEqual(["file 1, row 1", "file 2, row 1"]);
});

test("write a report", async () => {
  const { baseUrl } = await serveSummary(({ proceed }) => proceed());
  const client = createInstallSummaryClient({ baseUrl, token: () => getToken() });

  async function* entries(): AsyncGenerator<ReportEntry> {
    for await (const app of client.list()) yield { app, patch: app.installSummary };
  }
  const download = new Response(writeReport(entries()), { headers: { "content-type": "text/csv" } });

  const [header, row] = (await download.text()).split("\r\n");
  expect(header).toMatch(/^ApplicationId,DisplayName,Publisher,Platform,ODataType,InstalledDeviceCount,/);
  expect(row).toBe(`${appId},Contoso Portal,Contoso,5,#microsoft.graph.win32LobApp,4,1,8,7,9,2,15,6,5,7`);
});

test("hold a server to the contract", async () => {
  const { baseUrl, requests } = await serve((_request, response) => sendJson(response, 410, {}));
  const authorization = {
    writer: { authorization: "Bearer writer" },
    reader: { authorization: "Bearer reader" },
    none: {},
  };
  const differences = new Map<string, readonly string[]>();

  function send({ path, method, headers, body, identity }: SentRequest): Promise<Response> {
    const sent = { ...headers, ...authorization[identity] };
    return fetch(baseUrl + path, { method, headers: sent, body: body ?? null, redirect: "manual" });
  }
  const run = { appId, etags: new Map<string, string>() };
  for (const pair of goldenPairs) {
    const found = await checkPair(pair, send, run);
    if (found.length > 0) differences.set(pair.name, found);
  }
  differences.set("list", await checkList(send, run));
  differences.set("race", await checkRace(send, run));

  expect(differences.size).toBe(202);
  expect([...differences][0]).toEqual([
    "PATCH of all ten counters returns the summary",
    ["the status must be 200 but is 410: {}"],
  ]);
  // The other pairs need values that no response had.
  expect(requests).toHaveLength(132);
  const sentByPairs = ["Bearer not-a-token", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic YTpi"];
  expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(
    new Set(["Bearer writer", "Bearer reader", undefined, ...sentByPairs]),
  );
});

test("try a front end on the contract in memory", async () => {
  const baseUrl = "https://test.example/beta";

  const service = createMemoryService({
    apps: [{ id: appId, displayName: "Contoso Portal", installSummary: { failedDeviceCount: 3 } }],
  });
  const client = createInstallSummaryClient({ baseUrl, token: () => "any", fetch: service.fetch });

  service.change(appId, { failedUserCount: 1 }); // someone else changes the summary
  service.breakNext({ when: "after", how: "drop", method: "PATCH" }); // the next change is made, its response is lost
  await client.update(appId, { failedDeviceCount: 0 });
  const { summary, version } = service.current(appId);
  service.reset();

  expect({ version, failed: summary.failedDeviceCount, users: summary.failedUserCount }).toEqual({
    version: 3,
    failed: 0,
    users: 1,
  });
  expect(service.current(appId)).toMatchObject({ version: 1, summary: { failedDeviceCount: 3 } });
});

test("the README's examples are the code of these tests", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const own = lines(await readFile(new URL(import.meta.url), "utf8"));
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => lines(code));
  expect(examples).toHaveLength(13);
  for (const example of examples) {
    expect(importedNames(example).filter((name) => !importedNames(own).includes(name))).toEqual([]);
    expect(own).toContain(example.replaceAll(importLine, ""));
  }
});

const importLine = /^import (?:type )?\{([^}]*)\} from ("[^"]*");\n/gm;

function importedNames(code: string): readonly string[] {
  return [...code.matchAll(importLine)].flatMap(([, names = "", from]) =>
    names.split(",").map((name) => `${name.replace("type ", "").trim()} from ${from}`),
  );
}

/** Code without indentation and blank lines. */
function lines(code: string): string {
  const trimmed = code.split("\n").map((line) => line.trim());
  return `${trimmed.filter((line) => line !== "").join("\n")}\n`;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
