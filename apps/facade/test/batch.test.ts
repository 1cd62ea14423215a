import { describe, expect, test } from "vitest";
import { gzipSync } from "node:zlib";
import { pino } from "pino";
import {
  apps,
  iosAppId,
  outcome,
  read,
  shareFacade,
  summary,
  unknownId,
  useFacade,
  type Call,
} from "./facades.ts";
import { appId } from "./samples.ts";

const facade = shareFacade();
const json = { "Content-Type": "application/json" };
const patch = { method: "PATCH", url: summary, headers: json };
const iosPatch = { ...patch, url: `${apps}/${iosAppId}/installSummary` };

interface Item {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Awaited<ReturnType<typeof read>>;
}

type Request = Readonly<Record<string, unknown>>;

/** Sends a batch of requests whose ids count up from 1, unless they have some, and returns its responses. */
async function batch(requests: readonly Request[], call: Call = {}): Promise<readonly Item[]> {
  const { responses } = await read(await send({ requests: numbered(requests) }, call));
  expect(responses.map(({ id }: Item) => id)).toEqual(numbered(requests).map(({ id }) => id));
  return responses;
}

function numbered(requests: readonly Request[]): readonly Request[] {
  return requests.map((request, index) => ({ id: `${index + 1}`, method: "GET", ...request }));
}

function send(body: unknown, { headers, ...call }: Call = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return facade().call("POST", "/beta/$batch", { body: text, headers: { ...json, ...headers }, ...call });
}

/** The outcome of an item in one line: `400 BadRequest failedDeviceCount The message.` */
function outcomeOf({ status, body }: Item): string {
  if (status < 400) return String(status);
  const { code, target, message } = body.error;
  return [status, code, target, message].filter((part) => part !== undefined).join(" ");
}

/** An error without what differs from one request to the next. */
function withoutIds(text: string): string {
  return text.replaceAll(/"(date|request-id|client-request-id)":"[^"]*"/g, '"$1":""');
}

test("its responses are those of single requests, with ids of their own, in the order of the requests", async () => {
  const url = `${apps}?$select=id,displayName&$top=1&$count=true&$expand=installSummary($select=failedUserCount)`;
  const urls = [summary, url, `${apps}/${appId}`, `${apps}/$count`, "/beta/", `${apps}/${unknownId}`];
  const responses = await batch(urls.map((one) => ({ url: one, headers: { Accept: "*/*" } })));
  const single = await Promise.all(urls.map((one) => facade().get(one)));
  for (const [index, { status, headers, body }] of responses.entries()) {
    const alone = single[index];
    expect(status).toBe(alone?.status);
    for (const name of ["Content-Type", "ETag", "OData-Version"]) {
      expect(headers[name]).toBe(alone?.headers.get(name) ?? undefined);
    }
    const text = typeof body === "string" ? body : JSON.stringify(body);
    expect(withoutIds(text)).toBe(withoutIds((await alone?.text()) ?? ""));
  }
  expect(responses[5]?.body.error.innerError["request-id"]).toBe(responses[5]?.headers["request-id"]);
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404]);
  const ids = new Set(responses.map(({ headers }) => headers["request-id"]));
  expect(ids.size).toBe(6);
});

test("numbers in a body are judged as they were written", async () => {
  const texts = ["4.0000000000000000001", "1e400", "40e-1", "-0", "1e3", '"4"', "2147483648"];
  const requests = texts.map(
    (text, index) =>
      `{"id":"${index}","method":"PATCH","url":"${summary}","headers":{"Content-Type":"application/json"},"body":{"failedDeviceCount":${text}}}`,
  );
  const { responses } = await read(await send(`{"requests":[${requests.join(",")}]}`));
  const results = responses.map(({ status, body }: Item) =>
    status === 200 ? body.failedDeviceCount : `${status} ${/; got .*$/.exec(body.error.message)?.[0]}`,
  );
  expect(results).toEqual([
    "400 ; got 4.0000000000000000001.",
    "400 ; got 1e400.",
    4,
    0,
    1000,
    '400 ; got "4".',
    "400 ; got 2147483648.",
  ]);
});

function encoded(bytes: string | Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

test("a body can be a text of base64url, also of gzip", async () => {
  const text = '{"failedUserCount":16}';
  const gzip = { ...json, "Content-Encoding": "gzip" };
  const responses = await batch([
    { ...patch, body: encoded(text) },
    { ...patch, body: Buffer.from('{"failedUserCount":17} ').toString("base64") },
    { ...patch, headers: gzip, body: encoded(gzipSync('{"failedUserCount":18}')) },
  ]);
  expect(responses.map(({ body }) => body.failedUserCount)).toEqual([16, 17, 18]);
});

test("the batch itself can come in gzip", async () => {
  const body = new Uint8Array(
    gzipSync(JSON.stringify({ requests: [{ id: "1", method: "GET", url: summary }] })),
  );
  const headers = { ...json, "Content-Encoding": "gzip" };
  const response = await facade().call("POST", "/BETA/%24Batch/", { headers, body });
  expect(await read(response)).toMatchObject({ responses: [{ id: "1", status: 200 }] });
});

function guarded(tag: string, value: number): Request {
  return { ...patch, headers: { ...json, "If-Match": tag }, body: { installedUserCount: value } };
}

test("B105: an app that is changed twice is changed in order, each time under the ETag before", async () => {
  const before = await facade().get(summary);
  const first = before.headers.get("etag") ?? "";
  const second = first.replace(/\d+/, (digits) => `${Number(digits) + 1}`);
  const responses = await batch([
    guarded(first, 101),
    guarded(second, 102),
    guarded(first, 103),
    { url: summary },
  ]);
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 412, 200]);
  expect(responses[2]?.headers["ETag"]).toBe(responses[3]?.headers["ETag"]);
  expect(responses[3]?.body.installedUserCount).toBe(102);
});

test("B106: a refused request leaves the others alone, and those that depend on it are 424 in a chain", async () => {
  const responses = await batch([
    { ...patch, id: "bad", body: { failedDeviceCount: -1 } },
    { ...iosPatch, id: "good", body: { failedDeviceCount: 21 } },
    { id: "on bad", url: summary, dependsOn: ["good", "BAD"] },
    { id: "on that", url: summary, dependsOn: ["on bad"] },
    { id: "on good", url: iosPatch.url, dependsOn: ["good"] },
  ]);
  expect(responses.map((one) => outcomeOf(one).split(" ").slice(0, 2).join(" "))).toEqual([
    "400 ModelValidationFailure",
    "200",
    "424 FailedDependency",
    "424 FailedDependency",
    "200",
  ]);
  expect(responses.slice(2, 4).map(({ body }) => body.error.message)).toEqual([
    "Request on bad was not executed because request bad failed.",
    "Request on that was not executed because request on bad failed.",
  ]);
  expect(responses[4]?.body.failedDeviceCount).toBe(21);
});

test("headers count per request: metadata, preferences, conditions, and no body after HEAD or 304", async () => {
  const etag = (await facade().get(summary)).headers.get("etag") ?? "";
  const responses = await batch([
    { url: summary, headers: { ACCEPT: "application/json;odata.metadata=none" } },
    { ...patch, headers: { ...json, Prefer: "return=minimal" }, body: {} },
    { url: summary, headers: { "If-None-Match": etag } },
    { url: summary, method: "head" },
    { url: summary, method: "OPTIONS" },
    { url: summary, headers: { Accept: "text/html" } },
    { url: summary, headers: { "client-request-id": "my-id" } },
  ]);
  expect(responses.map(({ status }) => status)).toEqual([200, 204, 304, 200, 204, 406, 200]);
  expect(responses.map((one) => "body" in one)).toEqual([true, false, false, false, false, true, true]);
  expect(Object.keys(responses[0]?.body)).not.toContain("@odata.context");
  expect(responses[1]?.headers).toMatchObject({ ETag: etag, "Preference-Applied": "return=minimal" });
  expect(responses[4]?.headers["Allow"]).toBe("GET, HEAD, PATCH, OPTIONS");
  expect(responses[6]?.headers["client-request-id"]).toBe("my-id");
});

test("a response that is not JSON is a text, or base64url where it is not plain text", async () => {
  const [count, model] = await batch([{ url: `${apps}/$count` }, { url: "/$metadata" }]);
  expect(count?.body).toBe("3");
  const xml = await (await facade().get("/beta/$metadata")).text();
  expect(Buffer.from(model?.body, "base64url").toString()).toBe(xml);
});

test("a dry run in a batch commits nothing", async () => {
  const [dry, after] = await batch([
    { ...patch, url: `${summary}?dryRun=true`, body: { pendingInstallUserCount: 4711 } },
    { url: summary },
  ]);
  expect(dry?.body.pendingInstallUserCount).toBe(4711);
  expect(after?.body.pendingInstallUserCount).not.toBe(4711);
});

describe("a URL of an item", () => {
  test.each([
    ["without a slash", "deviceAppManagement/mobileApps", "200"],
    ["with the version", apps, "200"],
    ["with the version and no slash", apps.slice(1), "200"],
    [
      "with an id in brackets",
      `/deviceAppManagement/mobileApps('${appId.toUpperCase()}')/installSummary`,
      "200",
    ],
    ["with a cast", `${apps}/${appId}/graph.win32LobApp/installSummary`, "200"],
    ["with a cast to another type", `${apps}/${appId}/graph.webApp/installSummary`, "404"],
    ["percent-encoded", `${apps}/${appId}/install%53ummary?%24select=id`, "200"],
    ["with a query as it is read", `${apps}?$search="Contoso Portal" AND portal`, "200"],
    ["with dots", `${apps}/x/../${appId}`, "200"],
    ["malformed", `${apps}/%zz`, "400"],
    ["of /v1.0", "/v1.0/deviceAppManagement/mobileApps", "400"],
    ["B102: absolute", "https://evil.example/beta/me", "400"],
    ["B102: of another host", "//evil.example/beta/me", "400"],
    ["B102: out of /beta", "/beta/../livez", "400"],
    ["that is too long", `${apps}?_=${"x".repeat(8192)}`, "414"],
    ["of a batch", "/$batch", "400"],
    ["of a batch, in capitals", "/beta/%24BATCH", "400"],
    ["of nothing that is served", "/me", "400"],
  ])("%s", async (_what, url, status) => {
    const [one] = await batch([{ url }]);
    expect(String(one?.status)).toBe(status);
  });
});

test.each<[string, Request, string]>([
  ["without a body", patch, "400 BadRequest Empty Payload. JSON content expected."],
  [
    "B103: with a text that is no base64url",
    { ...patch, body: "{}" },
    "400 BadRequest The body of a request in a batch must be a JSON object, or a text of base64url.",
  ],
  [
    "with a list as body",
    { ...patch, body: [] },
    "400 BadRequest An unexpected 'StartArray' node was found when reading from the JSON reader. A 'StartObject' node was expected.",
  ],
  [
    "with a deep body",
    { ...patch, body: JSON.parse(`${'{"@a":'.repeat(17)}1${"}".repeat(17)}`) },
    "400 BadRequest The body is nested deeper than 16. Too many levels at line 1, column 97.",
  ],
  [
    "B101: with a large body",
    { ...patch, body: { "@x": "y".repeat(65_536) } },
    "413 RequestEntityTooLarge The body is larger than 65536 bytes.",
  ],
  [
    "with large headers",
    { url: summary, headers: { Accept: `${"a,".repeat(8192)}*/*` } },
    "431 RequestHeaderFieldsTooLarge The headers are larger than 16384 bytes, or more than 100.",
  ],
  [
    "with a large change condition",
    { ...patch, headers: { ...json, "If-Match": "9,".repeat(8192) }, body: { failedDeviceCount: 4713 } },
    "431 RequestHeaderFieldsTooLarge The headers are larger than 16384 bytes, or more than 100.",
  ],
  [
    "with many headers",
    { url: summary, headers: Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`X-${at}`, ""])) },
    "431 RequestHeaderFieldsTooLarge The headers are larger than 16384 bytes, or more than 100.",
  ],
  [
    "of text",
    { ...patch, headers: { "Content-Type": "text/plain" }, body: "{}" },
    "415 UnsupportedMediaType The media type 'text/plain' is not supported. Use application/json.",
  ],
  [
    "by a method that there is not",
    { ...patch, method: "PURGE", body: {} },
    "405 MethodNotAllowed Specified HTTP method is not allowed for the request target.",
  ],
  [
    "with a misspelt option",
    { ...patch, url: `${summary}?dryrum=true`, body: {} },
    "400 BadRequest The query parameter 'dryrum' is not supported.",
  ],
])("a request %s is refused by itself", async (_what, request, expected) => {
  const [one, other] = await batch([request, { url: summary }]);
  expect(one === undefined ? "" : outcomeOf(one)).toBe(expected);
  expect(other?.status).toBe(200);
});

test("the headers of a request may be as large and as many as those of a request by itself", async () => {
  const full = { "X-A": "x".repeat(16_384 - "X-A: \r\n".length) };
  const over = { "X-A": `${full["X-A"]}x` };
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`X-${at}`, "y"]));
  const responses = await batch([full, over, many].map((headers) => ({ url: summary, headers })));
  expect(responses.map(({ status }) => status)).toEqual([200, 431, 200]);
});

test("a request of a batch with large headers is counted under that limit", async () => {
  const own = await useFacade({ settings: { metrics: "127.0.0.1:0" } });
  const requests = [{ id: "1", method: "GET", url: summary, headers: { "X-A": "x".repeat(16_384) } }];
  const response = await own.call("POST", "/beta/$batch", {
    body: JSON.stringify({ requests }),
    headers: json,
  });
  const { responses } = await read(response);
  expect(responses[0].status).toBe(431);
  const metrics = await (await fetch(own.metricsUrl ?? "")).text();
  expect(metrics).toContain('install_summary_refused_requests_total{reason="headerBytes"} 1\n');
});

describe("who may", () => {
  test("is decided by the token of the batch, and B104: not by that of a request", async () => {
    const token = await facade().issueToken({ scope: "DeviceManagementApps.Read.All" });
    const writer = await facade().issueToken();
    const headers = { ...json, Authorization: `Bearer ${writer}` };
    const responses = await batch([{ ...patch, headers, body: { failedDeviceCount: 1 } }, { url: summary }], {
      token,
    });
    expect(responses.map(({ status }) => status)).toEqual([403, 200]);
    expect(responses[0]?.headers["WWW-Authenticate"]).toMatch(/^Bearer error="insufficient_scope"/);
  });

  test("is checked before the body is read", async () => {
    expect(await outcome(await send("{", { token: null }))).toMatch(/^401 /);
  });
});

describe("the batch is refused", () => {
  test.each<[string, string | object, Call, RegExp]>([
    [
      "B96: without requests",
      { requests: [] },
      {},
      /^400 BadRequest Invalid batch payload: 'requests' is empty\.$/,
    ],
    [
      "with more values than a body can have",
      {
        requests: [
          { id: "1", ...patch, body: { failedDeviceCount: Array.from({ length: 40_000 }, () => 0) } },
        ],
      },
      {},
      /^400 BadRequest Invalid batch payload: it has more than 40000 commas and brackets\.$/,
    ],
    ["without a body", "", {}, /^400 BadRequest Invalid batch payload/],
    ["as text", "{}", { headers: { "Content-Type": "text/plain" } }, /^415 /],
    ["as multipart", "{}", { headers: { "Content-Type": "multipart/mixed;boundary=x" } }, /^415 /],
    ["in another encoding", "{}", { headers: { "Content-Encoding": "br" } }, /^415 /],
    ["for an Accept of another type", "{}", { headers: { Accept: "multipart/mixed" } }, /^406 /],
    [
      "for another version of OData",
      "{}",
      { headers: { "OData-Version": "3.0" } },
      /^400 BadRequest The OData-Version/,
    ],
    [
      "B100: over 1 MiB",
      " ".repeat(2 ** 20 + 1),
      {},
      /^413 RequestEntityTooLarge The body is larger than 1048576 bytes\.$/,
    ],
  ])("%s", async (_what, body, call, expected) => {
    expect(await outcome(await send(body, call))).toMatch(expected);
  });

  test("B100: over 1 MiB in pieces, and not at 1 MiB", async () => {
    const text = JSON.stringify({ requests: [{ id: "1", method: "GET", url: summary }] });
    expect((await send(text.padEnd(2 ** 20))).status).toBe(200);
    const token = await facade().issueToken();
    const response = await fetch(`${facade().url}/beta/$batch`, {
      method: "POST",
      headers: { ...json, Authorization: `Bearer ${token}` },
      body: ReadableStream.from(Array.from({ length: 65 }, () => Buffer.alloc(2 ** 14, " "))),
      duplex: "half",
    });
    expect(response.status).toBe(413);
  });

  test("with a query option, which would not count: ?dryRun=true", async () => {
    const body = JSON.stringify({ requests: [{ id: "1", ...patch, body: { failedDeviceCount: 4 } }] });
    const response = await facade().call("POST", "/beta/$batch?dryRun=true", { headers: json, body });
    expect(await outcome(response)).toBe("400 BadRequest The query parameter 'dryRun' is not supported.");
  });

  test("and nothing of it is carried out", async () => {
    const before = (await facade().get(summary)).headers.get("etag");
    const change = { ...patch, body: { failedDeviceCount: 4712 } };
    const response = await send({
      requests: [
        { id: "1", ...change },
        { id: "1", ...change },
      ],
    });
    expect(await outcome(response)).toBe("400 BadRequest Request Id 1 has to be unique in a batch.");
    expect((await facade().get(summary)).headers.get("etag")).toBe(before);
  });

  test("by another method than POST, which OPTIONS tells without a token", async () => {
    const response = await facade().get("/beta/$batch");
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    const options = await facade().call("OPTIONS", "/beta/$batch", { token: null });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
  });
});

test("the log has a line for the batch, and one for each request that changed something or was refused", async () => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const one = await useFacade({ log });
  const requests = numbered([
    { url: summary },
    {
      ...patch,
      body: { failedDeviceCount: 31 },
      headers: { ...json, Authorization: "Bearer secret-canary" },
    },
    { ...iosPatch, body: { failedDeviceCount: -1 } },
    { method: "PURGE\nsecond line", url: "//evil.example/secret-canary" },
  ]);
  lines.length = 0;
  const response = await one.call("POST", "/beta/$batch", {
    headers: json,
    body: JSON.stringify({ requests }),
  });
  const ids = (await read(response)).responses.map(({ headers }: Item) => headers["request-id"]);
  const batchId = response.headers.get("request-id");
  const entries = lines.map((line) => JSON.parse(line));
  expect(entries).toMatchObject([
    {
      msg: "served",
      batch: batchId,
      requestId: ids[1],
      method: "PATCH",
      resource: "summary",
      app: appId,
      status: 200,
    },
    {
      msg: "refused",
      batch: batchId,
      requestId: ids[2],
      app: iosAppId,
      status: 400,
      code: "ModelValidationFailure",
    },
    { msg: "refused", batch: batchId, requestId: ids[3], resource: "fault", status: 400 },
    {
      msg: "served",
      requestId: batchId,
      method: "POST",
      resource: "batch",
      status: 200,
      items: 4,
      refused: 2,
    },
  ]);
  expect(entries.every(({ actor, tenant }) => actor !== undefined && tenant !== undefined)).toBe(true);
  expect(lines.join("")).not.toContain("canary");
});
