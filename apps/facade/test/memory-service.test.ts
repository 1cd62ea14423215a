import {
  checkPair,
  createMemoryService,
  goldenPairs,
  type SentRequest,
} from "@install-summary/core/contract";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { iosAppId, read, shareFacade, unknownId } from "./facades.ts";
import { appId } from "./samples.ts";

// The contract is written once, in core. The facade over HTTP and the memory service get the same requests here, and
// their responses are equal but for dates and ids.

interface Sent {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly identity?: SentRequest["identity"];
}

type Send = (request: Sent) => Promise<Response>;

const facade = shareFacade();
const services: { facade?: Send; memory?: Send } = {};
const list = "/deviceAppManagement/mobileApps";
const summary = `${list}/${appId}/installSummary`;

beforeAll(async () => {
  const writer = await facade().issueToken();
  const reader = await facade().issueToken({ scope: "DeviceManagementApps.Read.All" });
  const { value } = await read(await facade().get(`/beta${list}?$expand=installSummary`));
  const memory = createMemoryService({ apps: value, token: writer, readerToken: reader });
  const tokens = { writer, reader, none: undefined };
  const sendTo =
    (fetchFrom: typeof memory.fetch): Send =>
    ({ path, method = "GET", headers, body, identity = "writer" }) => {
      const token = tokens[identity];
      return fetchFrom(`${facade().url}/beta${path}`, {
        method,
        headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
        redirect: "manual",
        ...(body !== undefined && { body }),
      });
    };
  services.facade = sendTo(fetch);
  services.memory = sendTo(memory.fetch);
});

describe("the golden pairs have equal responses", () => {
  const runs = new Map(["facade", "memory"].map((name) => [name, { appId, etags: new Map() }]));

  // The memory service compares tokens and verifies none, so its reason for refusing one is another.
  const compared = goldenPairs.filter(
    ({ request }) => request.headers["authorization"]?.startsWith("Bearer ") !== true,
  );

  test.each(compared)("$number $name", async (pair) => {
    const responses: object[] = [];
    for (const name of ["facade", "memory"] as const) {
      const run = runs.get(name) ?? { appId, etags: new Map() };
      await checkPair(
        pair,
        async (request) => {
          const response = await sendBy(name, request);
          responses.push(await comparable(response.clone(), request));
          return response;
        },
        run,
      );
    }
    expect(responses[1]).toEqual(responses[0]);
  });
});

const json = { "content-type": "application/json" };
const guarded = { ...json, "if-match": 'W/"1"' };
const patch = { method: "PATCH", path: summary, body: '{"failedDeviceCount":3}' };

describe("a request has equal responses", () => {
  test.each<readonly [string, string[]]>([
    ["accept", ["*/*", "text/html", "application/json;q=0, */*", "application/json;odata.metadata=full"]],
    [
      "accept",
      ["application/json;odata.metadata=none", 'application/json;charset="utf-16"', "application/*"],
    ],
    ["odata-version", ["4.0", "4.01", "3.0", "4.0;NetFx", ""]],
    ["odata-maxversion", ["4.0", "3.0", "x"]],
    ["prefer", ["odata.maxpagesize=1", "maxpagesize=0", "return=minimal", "x, odata.maxpagesize=2"]],
    ["client-request-id", ["my id", "x".repeat(129), "7c2e"]],
    ["if-none-match", ['W/"1"', "*", "x", '"0", W/"1"']],
    ["if-match", ['W/"99"', "*", '"']],
    ["authorization", ["Basic x", "Bearer", "eyJh.eyJi.c", "bearer "]],
  ])("with %s of %j", async (name, values) => {
    const paths = [list, `${list}/${appId}?$expand=installSummary`, summary, `${list}/$count`];
    const requests = paths.flatMap((path) => values.map((value) => ({ path, headers: { [name]: value } })));
    expect(await responsesOf("memory", requests)).toEqual(await responsesOf("facade", requests));
  });

  test.each([
    "$select=id,DisplayName&$expand=installSummary($select=failedUserCount)",
    "$select=owners",
    "$select=largeIcon",
    "$expand=assignments",
    "$top=1&$count=true&$expand=installSummary",
    "$top=0",
    "$top=-1",
    "$top=1&top=2",
    "$skip=1",
    "$skip=1&$top=1",
    "$skip=x",
    "$skiptoken=x",
    "$count=yes",
    "$orderby=id",
    "$filter=id eq 'x'",
    "$filter=isof('microsoft.graph.mobileLobApp') or installSummary/failedDeviceCount lt 2&$count=true",
    "$filter=contains(displayName,'A') and not endswith(publisher,'x')&$orderby=publisher desc",
    "$filter=id eq",
    "$filter=size gt 1",
    "$orderby=installSummary/failedDeviceCount desc&$top=1",
    "$orderby=size",
    "$search=contoso",
    '$search="displayName:portal" AND contoso',
    "$search=a OR b",
    '$search="',
    "$search=owner:x",
    "$format=json;odata.metadata=none",
    "$format=xml",
    "_=1577",
    "a$b=1",
    "%zz",
  ])("with the query %s", async (query) => {
    const paths = [list, `${list}/${appId}`, summary, `${list}/$count`];
    const requests = paths.map((path) => ({ path: `${path}?${query}` }));
    expect(await responsesOf("memory", requests)).toEqual(await responsesOf("facade", requests));
  });

  test.each([
    "/",
    "/me",
    "/$batch",
    "/$metadata",
    "/deviceAppManagement",
    `${list}/nope`,
    `${list}/${unknownId}`,
    `${list}/${unknownId}/installSummary`,
    `${list}('${appId.toUpperCase()}')/INSTALLSUMMARY`,
    `${list}/${iosAppId}/microsoft.graph.win32LobApp/installSummary`,
    `${list}/${appId}/deviceStatuses`,
    `${list}/%zz`,
  ])("for the path %s, by every method and every caller", async (path) => {
    const methods = ["GET", "HEAD", "OPTIONS", "PATCH", "DELETE", "POST", "PUT"];
    const callers = ["writer", "reader", "none"] as const;
    const requests = methods.flatMap((method) => callers.map((identity) => ({ path, method, identity })));
    expect(await responsesOf("memory", requests)).toEqual(await responsesOf("facade", requests));
  });

  test("that arrives twice, and once more with other values", async () => {
    const path = `${list}/${iosAppId}/installSummary`;
    const headers = { ...json, "if-match": 'W/"1"', "client-request-id": "7c2e" };
    const change = { path, method: "PATCH", headers, body: '{"failedDeviceCount":77}' };
    const requests = [change, change, { ...change, body: '{"failedDeviceCount":78}' }, { path }];
    const responses = await responsesOf("facade", requests);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 412, 200]);
    expect(responses.map(({ headers: { "install-summary-repeated": repeated } }) => repeated)).toEqual([
      undefined,
      "true",
      "false",
      undefined,
    ]);
    expect(await responsesOf("memory", requests)).toEqual(responses);
  });

  test.each<[string, Omit<Sent, "path" | "method">]>([
    ["by a reader", { headers: json, identity: "reader" }],
    ["without a token", { headers: json, identity: "none" }],
    ["of text", { headers: { "content-type": "text/plain" } }],
    ["in another charset", { headers: { "content-type": "application/json;charset=utf-16" } }],
    ["in a charset in quotes", { headers: { "content-type": 'Application/JSON; charset="UTF-8"' } }],
    ["without a type", { headers: { "content-type": "" } }],
    ["that is encoded in another way", { headers: { ...json, "content-encoding": "br" } }],
    ["that only says that it is gzip", { headers: { ...json, "content-encoding": "gzip" } }],
    [
      "in gzip",
      {
        headers: { ...json, "content-encoding": "gzip" },
        body: new Uint8Array(gzipSync('{"failedUserCount":4}')),
      },
    ],
    [
      "that inflates to too much",
      {
        headers: { ...json, "content-encoding": "gzip" },
        body: new Uint8Array(gzipSync(`"${"x".repeat(66_000)}"`)),
      },
    ],
    ["that is too large", { headers: json, body: `{"x":"${"y".repeat(66_000)}"}` }],
    ["that is empty", { headers: json, body: "" }],
    ["with faults", { headers: json, body: '{"failedDeviceCount":-1,"x":2}' }],
    ["under a version that has gone", { headers: { ...json, "if-match": 'W/"99"' } }],
    ["unless it is unmodified", { headers: { ...guarded, "if-unmodified-since": "x" } }],
    ["that wants a minimal response", { headers: { ...json, prefer: "return=minimal" } }],
    ["that wants the representation", { headers: { ...json, prefer: "return=representation" } }],
  ])("for a change %s", async (_what, sent) => {
    const requests = [
      { ...patch, ...sent },
      { ...patch, ...sent, path: `${summary}?dryRun=true` },
      { path: summary },
    ];
    expect(await responsesOf("memory", requests)).toEqual(await responsesOf("facade", requests));
  });
});

test("a batch has equal responses", async () => {
  const item = { method: "PATCH", url: summary, headers: json };
  const batches = [
    [
      { ...item, id: "1", body: { failedDeviceCount: 5 } },
      { id: "2", method: "GET", url: summary, dependsOn: ["1"] },
      { ...item, id: "3", body: "not base64url" },
      { id: "4", method: "GET", url: `${list}/$count`, dependsOn: ["3"] },
      { id: "5", method: "HEAD", url: "/beta" },
      { id: "6", method: "POST", url: "/$batch", headers: json, body: {} },
    ],
    [{ ...item, id: "1", body: {}, dependsOn: ["2"] }],
    [],
  ];
  const requests = batches.flatMap((one) =>
    (["writer", "reader", "none"] as const).map((identity) => ({
      path: "/$batch",
      method: "POST",
      headers: json,
      identity,
      body: JSON.stringify({ requests: one }),
    })),
  );
  const responses = await responsesOf("facade", requests);
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 401, 400, 400, 401, 400, 400, 401]);
  expect(await responsesOf("memory", requests)).toEqual(responses);
});

/** What a service responds to requests, sent one after the other. */
async function responsesOf(
  name: "facade" | "memory",
  requests: readonly Sent[],
): Promise<readonly Comparable[]> {
  const responses: Comparable[] = [];
  for (const request of requests) {
    const response = await comparable(await sendBy(name, request), request);
    responses.push({ request: JSON.stringify(request).slice(0, 200), ...response });
  }
  return responses;
}

async function sendBy(name: "facade" | "memory", request: Sent): Promise<Response> {
  const send = services[name];
  if (send === undefined) throw new Error("the services are not there before the tests begin");
  return send(request);
}

/** What a connection adds, which the memory service has none of. */
const ofConnections = ["date", "connection", "keep-alive", "content-length", "transfer-encoding"];

interface Comparable {
  /** The request that had it, for messages. */
  readonly request?: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A response without what differs from one request to the next: dates, fresh ids, and a tenant's page tokens. */
async function comparable(response: Response, { headers: sent = {} }: Sent): Promise<Comparable> {
  const headers = Object.fromEntries(response.headers);
  for (const name of ofConnections) delete headers[name];
  const { "request-id": requestId = "", "client-request-id": clientRequestId = "" } = headers;
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const isKept = clientRequestId === sent["client-request-id"];
  const isSame = clientRequestId === requestId;
  const text = (await response.text())
    .replaceAll(requestId, "{request-id}")
    .replaceAll(isKept ? requestId : clientRequestId, "{fresh}")
    .replaceAll(/"((?:client-)?request-id)":"[0-9a-f-]{36}"/g, '"$1":"{fresh}"')
    .replaceAll(/"date":"[0-9T:-]{19}"/g, '"date":"{date}"')
    .replaceAll(/\$skiptoken=[\w.-]+/g, "$skiptoken={token}");
  const id = isKept ? clientRequestId : isSame ? "{request-id}" : "{fresh}";
  return {
    status: response.status,
    headers: { ...headers, "request-id": "{request-id}", "client-request-id": id },
    text,
  };
}
