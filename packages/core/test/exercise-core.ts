import { applyPatch, isGraphError, parsePatchText, safeParsePatch } from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";
import {
  checkPair,
  createMemoryService,
  goldenPairs,
  type SentRequest,
} from "@install-summary/core/contract";
import { readReport, writeReport } from "@install-summary/core/report";

// Every runtime must pass this. It imports only this package, and uses only web APIs.

/** The input of the exercise in every runtime. */
export interface ExerciseInput {
  /** A server with a summary, on another origin than the page. */
  readonly baseUrl: string;
  readonly appId: string;
  /** The bytes of a ZIP with a report. */
  readonly zip: readonly number[];
}

/** Uses every entry of the package and returns the results. */
export async function exerciseCore({ baseUrl, appId, zip }: ExerciseInput): Promise<object> {
  const client = createInstallSummaryClient({ baseUrl, token: async () => "secret" });
  const before = await client.get(appId);
  const after = await client.update(appId, { failedDeviceCount: 0 }, { ifMatch: before.etag ?? "" });
  const stale = await client
    .update(appId, { failedDeviceCount: 9 }, { ifMatch: before.etag ?? "" })
    .catch((error: unknown) => isGraphError(error, "PreconditionFailed"));

  const refused = safeParsePatch({ installedDevicesCount: 1 });
  return {
    patched: applyPatch(before.summary, parsePatchText('{"failedDeviceCount":1e3}')).failedDeviceCount,
    refused: refused.success ? "nothing" : refused.error.message,
    etags: [before.etag, after.etag],
    failed: after.summary.failedDeviceCount,
    stale,
    zipped: await collect(readReport(new Blob([new Uint8Array(zip)]).stream())),
    written: await collect(
      readReport(writeReport([{ app: { id: appId, displayName: "=1, 給与" }, patch: before.summary }])),
    ),
    differences: await checkAll(baseUrl, appId),
    memory: await changeInMemory(appId),
  };
}

/** How the server differs from the contract, in the pairs that need no token. */
async function checkAll(baseUrl: string, appId: string): Promise<readonly string[]> {
  const run = { appId, etags: new Map<string, string>() };
  const send = ({ method, path, headers, body }: SentRequest): Promise<Response> =>
    fetch(baseUrl + path, { method, headers, ...(body !== undefined && { body }) });
  const differences: string[] = [];
  const pairs = goldenPairs.filter(({ expected }) => expected.status === 200 || expected.status === 400);
  for (const pair of pairs.slice(0, 8)) differences.push(...(await checkPair(pair, send, run)));
  return differences;
}

/** Makes two changes in the memory service, the first of which fails: their statuses, and the version after them. */
async function changeInMemory(appId: string): Promise<readonly number[]> {
  const service = createMemoryService({ apps: [{ id: appId }] });
  service.breakNext({ when: "before", how: 503 });
  const change = (): Promise<Response> =>
    service.fetch(`https://test.example/beta/deviceAppManagement/mobileApps/${appId}/installSummary`, {
      method: "PATCH",
      headers: { authorization: "Bearer any", "content-type": "application/json" },
      body: '{"failedDeviceCount":4}',
    });
  const statuses = [(await change()).status, (await change()).status];
  return [...statuses, service.current(appId).version];
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
