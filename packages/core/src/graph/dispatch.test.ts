import { isGraphError } from "../http/graph-error.ts";
import { describe, expect, test } from "vitest";
import { appId, sampleApp, sampleSummary } from "../../test/samples.ts";
import type { PlainResponse } from "./exchange/response.ts";
import type { Caller } from "./access/caller.ts";
import { openMemoryStore } from "../store/memory/open-memory-store.ts";
import { dispatch } from "./dispatch.ts";
import { parseResourcePath } from "./path/resource-path.ts";
import type { Call, Service } from "./routes/call.ts";

const summary = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;
const tenantId = "00000000-0000-4000-8000-000000000001";
const writer: Caller = {
  tenantId,
  actor: "ada",
  kind: "user",
  permissions: ["DeviceManagementApps.ReadWrite.All"],
};

async function openService(): Promise<Service> {
  const store = openMemoryStore();
  const app = sampleApp();
  await store
    .open({ tenantId, actor: "ada", origin: "import" })
    .importApps([{ appId, decide: () => ({ kind: "created", app, summary: sampleSummary() }) }], {
      requestId: "request-0",
    });
  return {
    store,
    policy: { readOnly: false, allowApplication: false, wrapGet: false, requireIfMatch: false },
    limits: { bodyBytes: 65_536, batchBytes: 2 ** 20, urlBytes: 8192, headerBytes: 16_384, pageSize: 1000 },
  };
}

/** A call as a batch makes it of an item, whose body is a text. */
function callOf(method: string, path: string, body = "", more: Partial<Call> = {}): Call {
  return {
    caller: writer,
    method,
    resource: parseResourcePath(path),
    query: "",
    headers: new Headers(),
    body: () => Promise.resolve(body),
    base: "http://localhost/beta",
    requestId: "request-1",
    ...more,
  };
}

function unreadBody(): Promise<never> {
  return Promise.reject(new Error("the body was read"));
}

async function outcomeOf(respond: () => PlainResponse | Promise<PlainResponse>): Promise<string> {
  try {
    return String((await respond()).status);
  } catch (error) {
    if (isGraphError(error)) return `${error.status} ${error.message}`;
    throw error;
  }
}

describe("a call", () => {
  test("that changes a summary takes its body as text, with exact numbers", async () => {
    const service = await openService();
    const patch = (text: string): Promise<string> =>
      outcomeOf(() => dispatch(service, callOf("PATCH", summary, text)));
    expect(await patch('{"failedDeviceCount":4.0000000000000000001}')).toMatch(
      /^400 Cannot convert the literal/,
    );
    expect(await patch('{"failedDeviceCount":4.0}')).toBe("200");
    expect(await dispatch(service, callOf("GET", summary))).toMatchObject({
      headers: { ETag: 'W/"2"' },
      body: expect.stringContaining('"failedDeviceCount":4,'),
    });
  });

  test("reads its body only when all checks before it have passed", async () => {
    const service = await openService();
    const reader = { ...writer, permissions: ["DeviceManagementApps.Read.All"] };
    for (const more of [
      { caller: reader },
      { query: "dryrum=true" },
      { headers: new Headers({ "OData-Version": "3.0" }) },
      { headers: new Headers({ Accept: "text/html" }) },
    ]) {
      const call = callOf("PATCH", summary, "{}", { ...more, body: unreadBody });
      expect(await outcomeOf(() => dispatch(service, call))).toMatch(/^40[036] /);
    }
  });

  test.each([
    ["GET", "/beta/me", /^400 Resource not found for the segment 'me'/],
    ["DELETE", summary, /^405 /],
    ["GET", "/beta", /^200$/],
    ["GET", "/beta/deviceAppManagement/mobileApps", /^200$/],
    ["GET", `/beta/deviceAppManagement/mobileApps/${appId}`, /^200$/],
  ])("%s %s is served or refused as over HTTP", async (method, path, expected) => {
    const service = await openService();
    expect(await outcomeOf(() => dispatch(service, callOf(method, path)))).toMatch(expected);
  });
});
