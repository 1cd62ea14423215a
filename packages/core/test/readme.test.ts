import { readFile } from "node:fs/promises";
import { applyPatch, diff, parsePatch } from "@install-summary/core";
import { decidePatch, formatETag, safeParsePatchText } from "@install-summary/core";
import { isGraphError } from "@install-summary/core";
import type { InstallSummaryPatch } from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";
import { readReport } from "@install-summary/core/report";
import { expect, test } from "vitest";
import { appId, sampleApp, sampleSummary } from "./samples.ts";
import { answer, serve, type TestServer } from "./serve.ts";

// Every line of the README's examples stands in one of these tests, in its order; the last test sees to that.

const credential = { getToken: () => "secret" };

test("read and change a summary, and list apps", async () => {
  const { baseUrl } = await serveOneApp();

  // The token is asked for before every request, and once again when the server refuses it.
  const client = createInstallSummaryClient({ baseUrl, token: () => credential.getToken() });

  const { summary, etag } = await client.get(appId);
  const oneMore = { installedDeviceCount: summary.installedDeviceCount + 1 };
  const changed = await client.update(appId, oneMore, { ifMatch: etag });

  expect(changed).toEqual({ summary: sampleSummary({ installedDeviceCount: 5 }), etag: 'W/"2"' });

  const failing: string[] = [];
  for await (const app of client.list({ search: "contoso" })) {
    if (app.installSummary.failedDeviceCount > 0) failing.push(app.displayName ?? app.id);
  }

  expect(failing).toEqual(["Contoso Portal"]);
});

test("a change that someone else made in between", async () => {
  const { baseUrl, requests } = await serveOneApp();
  const client = createInstallSummaryClient({ baseUrl, token: () => credential.getToken() });
  const etag = 'W/"0"';

  try {
    await client.update(appId, { failedDeviceCount: 0 }, { ifMatch: etag });
  } catch (error) {
    if (!isGraphError(error, "PreconditionFailed")) throw error;
    // Someone was faster: read again, look again.
    const theirs = await client.get(appId);
    await client.update(appId, { failedDeviceCount: 0 }, { ifMatch: theirs.etag });
  }

  expect(requests.map(({ method, headers }) => [method, headers["if-match"]])).toEqual([
    ["PATCH", 'W/"0"'],
    ["GET", undefined],
    ["PATCH", 'W/"1"'],
  ]);
});

test("parse, apply, compare", () => {
  const summary = sampleSummary();

  const patch = parsePatch({ failedDeviceCount: 0, failedUserCount: 3 });
  const preview = applyPatch(summary, patch);
  const smallest = diff(summary, preview);

  expect(preview).toEqual(sampleSummary({ failedDeviceCount: 0, failedUserCount: 3 }));
  expect(smallest).toEqual(patch);
});

test("decide a PATCH as a server does", () => {
  const summary = sampleSummary();

  function respond(body: Uint8Array, ifMatch: string | undefined): Response {
    const read = safeParsePatchText(body, { id: summary.id });
    if (!read.success) return Response.json(read.error, { status: read.error.status });
    const decision = decidePatch({ summary, version: 7 }, read.data, { ifMatch });
    if (decision.kind === "refused") return Response.json(decision.error, { status: decision.error.status });
    if (decision.kind === "unchanged") return Response.json(summary, { headers: { etag: formatETag(7) } });
    return Response.json(decision.summary, { headers: { etag: formatETag(decision.version) } });
  }

  const outcomes = [
    respond(bytes('{"failedDeviceCount":0}'), 'W/"7"'),
    respond(bytes("{}"), undefined),
    respond(bytes('{"failedDeviceCount":0}'), 'W/"6"'),
    respond(bytes('{"failedDeviceCount":null}'), undefined),
  ].map(({ status, headers }) => [status, headers.get("etag")]);
  expect(outcomes).toEqual([
    [200, 'W/"8"'],
    [200, 'W/"7"'],
    [412, null],
    [400, null],
  ]);
});

test("read a report", async () => {
  const file = new Blob([`ApplicationId,FailedDeviceCount\n${appId},4\nnope,5\n`]);

  const refused: string[] = [];
  const patches = new Map<string, InstallSummaryPatch>();
  for await (const row of readReport(file.stream())) {
    if ("problem" in row) refused.push(`line ${row.line}: ${row.problem}`);
    else patches.set(row.app.id, row.patch);
  }

  expect(refused).toEqual(["line 3: The ApplicationId 'nope' is not a GUID."]);
  expect([...patches]).toEqual([[appId, { failedDeviceCount: 4 }]]);
});

test("the README shows this code and no other", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const own = lines(await readFile(new URL(import.meta.url), "utf8"));
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => lines(code));
  expect(examples).toHaveLength(6);
  for (const example of examples) {
    const imports = example.match(/^import .*\n/gm) ?? [];
    const code = example.replaceAll(/^import .*\n/gm, "");
    expect([...imports, code].filter((part) => !own.includes(part))).toEqual([]);
  }
});

/** A server that holds one app: version 1 until its first PATCH, version 2 from then on. */
function serveOneApp(): Promise<TestServer> {
  return serve((request, response) => {
    const etag = 'W/"1"';
    if (request.url.includes("?")) {
      answer(response, 200, { value: [{ ...sampleApp(), installSummary: sampleSummary() }] });
    } else if (request.method === "GET") {
      answer(response, 200, sampleSummary(), { etag });
    } else if (request.headers["if-match"] === etag) {
      answer(response, 200, sampleSummary(parsePatch(JSON.parse(request.body))), { etag: 'W/"2"' });
    } else {
      answer(response, 412, { error: { code: "PreconditionFailed", message: "It has changed." } });
    }
  });
}

/** Code without its indentation and its blank lines. */
function lines(code: string): string {
  const trimmed = code.split("\n").map((line) => line.trim());
  return `${trimmed.filter((line) => line !== "").join("\n")}\n`;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
