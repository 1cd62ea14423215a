import { monitorEventLoopDelay } from "node:perf_hooks";
import * as fc from "fast-check";
import { counterNames } from "@install-summary/core";
import { expect, test } from "vitest";
import { apps, shareFacade, summary } from "./facades.ts";
import { appId } from "./samples.ts";

// Every route with every method, query, header and body that a generator finds: never a 5xx, always Graph's form.
const facade = shareFacade();

const odd = fc.oneof(
  fc.constantFrom(
    "",
    "%00",
    "%zz",
    "%ff",
    "%ED%A0%80",
    "..",
    "//",
    "\\",
    "'",
    "''",
    '"',
    "(",
    ")",
    "()",
    ",",
    "$",
    "*",
    "null",
    "-1",
    "1e9",
    "99999999999999999999",
    "__proto__",
    "constructor",
    "@odata.type",
    "\u017f",
    "\u202e",
    "2024-02-30",
    "a".repeat(200),
  ),
  fc.string({ maxLength: 12, unit: "binary" }),
);

const paths = fc.oneof(
  fc.constantFrom(
    "/",
    "/livez",
    "/readyz",
    "/metrics",
    "/docs",
    "/openapi.json",
    "/beta",
    "/beta/$metadata",
    "/beta/$batch",
    "/api/changes",
    "/api/imports",
    "/v1.0/deviceAppManagement/mobileApps",
    apps,
    `${apps}/$count`,
    `${apps}/${appId}`,
    `${apps}/${appId}/graph.win32LobApp`,
    `${apps}('${appId}')/installSummary`,
    summary,
  ),
  fc
    .tuple(fc.constantFrom("", "/beta", "/api", "/docs", apps, `${apps}/${appId}`, summary), odd)
    .map(([start, end]) => `${start}/${encodeURI(end.toWellFormed())}`),
);

const property = fc.constantFrom(
  "displayName",
  "id",
  "publisher",
  "createdDateTime",
  "isAssigned",
  "publishingState",
  "installSummary/failedDeviceCount",
  "microsoft.graph.managedApp/appAvailability",
  "tolower(displayName)",
  "nope",
);
const literal = fc.oneof(
  fc.constantFrom("'a'", "''", "'it''s'", "1", "-1", "1e400", "true", "null", "2024-01-01T00:00:00Z", "'%'"),
  odd.map((text) => `'${text}'`),
);
const { clause } = fc.letrec<{ clause: string }>((tie) => ({
  clause: fc.oneof(
    { maxDepth: 5 },
    fc
      .tuple(property, fc.constantFrom("eq", "ne", "gt", "ge", "lt", "le", "has"), literal)
      .map((parts) => parts.join(" ")),
    fc
      .tuple(fc.constantFrom("contains", "startswith", "endswith", "nope"), property, literal)
      .map(([name, path, text]) => `${name}(${path},${text})`),
    fc
      .tuple(property, fc.array(literal, { maxLength: 4 }))
      .map(([path, list]) => `${path} in (${list.join(",")})`),
    fc.constantFrom("isof('microsoft.graph.win32LobApp')", "isof('graph.webApp')", "isof(1)"),
    tie("clause").map((inner) => `not (${inner})`),
    fc.tuple(tie("clause"), fc.constantFrom("and", "or"), tie("clause")).map((parts) => parts.join(" ")),
    fc.tuple(tie("clause"), odd).map((parts) => parts.join("")),
  ),
}));

const options = fc.oneof(
  clause.map((text) => ["$filter", text] as const),
  fc
    .array(fc.tuple(property, fc.constantFrom("", " asc", " desc", " x")), { maxLength: 6 })
    .map((terms) => ["$orderby", terms.map((term) => term.join("")).join(",")] as const),
  fc.tuple(
    fc.constantFrom(
      "$top",
      "$skip",
      "$count",
      "$search",
      "$select",
      "$expand",
      "$skiptoken",
      "$format",
      "dryRun",
      "missingAsZero",
      "after",
      "since",
      "actor",
      "order",
      "top",
      "format",
    ),
    fc.oneof(
      odd,
      fc.constantFrom("0", "1", "true", "id", "installSummary", '"displayName:a"', "csv", "json"),
    ),
  ),
  fc.tuple(odd, odd),
);

const headers = fc.dictionary(
  fc.constantFrom(
    "Accept",
    "Content-Type",
    "Content-Encoding",
    "If-Match",
    "If-None-Match",
    "If-Unmodified-Since",
    "Prefer",
    "OData-Version",
    "OData-MaxVersion",
    "Origin",
    "Access-Control-Request-Method",
    "Forwarded",
    "X-Forwarded-Host",
    "client-request-id",
    "traceparent",
    "Last-Event-ID",
    "ConsistencyLevel",
    "Range",
  ),
  fc.oneof(
    fc.constantFrom(
      "application/json",
      "application/json;odata.metadata=full",
      "text/csv",
      "application/zip",
      "gzip",
      "br",
      "*",
      'W/"1"',
      "return=minimal",
      "odata.maxpagesize=1",
      "4.0;NetFx",
      "http://localhost:3000",
    ),
    odd.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?")),
  ),
  { maxKeys: 4 },
);

const patchText = fc
  .array(
    fc.tuple(
      fc.constantFrom(...counterNames, "id", "@odata.type", "nope"),
      fc.constantFrom("1", "1e3", "-1", "1e400", '"4"', "null", "[]", "2147483648", "4.0"),
    ),
    { maxLength: 3 },
  )
  .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join(",")}}`);

const item = fc.record(
  {
    id: fc.oneof(fc.nat(9).map(String), odd),
    method: fc.constantFrom("GET", "PATCH", "HEAD", "OPTIONS", "POST", "get"),
    url: fc.oneof(
      paths.map((path) => path.replace(/^\/beta/, "")),
      odd,
    ),
    headers: fc.dictionary(fc.constantFrom("Content-Type", "If-Match", "Prefer", "Accept"), odd),
    body: fc.oneof(fc.jsonValue({ maxDepth: 1 }), odd),
    dependsOn: fc.array(fc.nat(9).map(String), { maxLength: 2 }),
  },
  { requiredKeys: ["id", "method", "url"] },
);
const report = fc
  .array(fc.array(fc.oneof(fc.constantFrom(appId, "1", "Contoso"), odd), { maxLength: 12 }), { maxLength: 4 })
  .map((rows) =>
    ["ApplicationId,DisplayName,FailedDeviceCount", ...rows.map((cells) => cells.join(","))].join("\n"),
  );
const bodies = fc.oneof(
  patchText,
  fc.array(item, { maxLength: 6 }).map((requests) => JSON.stringify({ requests })),
  report,
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
  odd,
);

const requests = fc.record({
  method: fc.constantFrom("GET", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "POST", "PUT", "DELETE"),
  path: paths,
  query: fc.array(options, { maxLength: 3 }),
  headers,
  body: bodies,
  hasToken: fc.nat(7).map((number) => number > 0),
  isTyped: fc.nat(7).map((number) => number > 0),
});

/** The next good request is served. */
async function ask(): Promise<void> {
  const response = await facade().get(summary);
  expect(response.status).toBe(200);
  await response.arrayBuffer();
}

/** What a status and body of another form than Graph's are; undefined for what is right. */
function faultOf({ status, headers: sent }: Response, text: string, method: string): string | undefined {
  const id = sent.get("request-id");
  if (id === null) return "no request-id";
  if (status >= 500) return `${status} ${text}`;
  if (method === "HEAD") return text === "" ? undefined : "a body";
  if (status < 400) return undefined;
  const { error } = JSON.parse(text);
  const isWhole =
    typeof error.code === "string" && error.message !== "" && error.innerError["request-id"] === id;
  return isWhole ? undefined : text;
}

test("no request to any route gets a 5xx or another form of error, and none takes memory or time from others", async () => {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  await ask();
  const before = process.memoryUsage().rss;
  delay.enable();
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, query, headers: given, body, hasToken, isTyped }) => {
      const names = query.map(([name, value]) => `${encode(name)}=${encode(value)}`);
      const hasBody = method !== "GET" && method !== "HEAD";
      const type = path === "/api/imports" ? "text/csv" : "application/json";
      const response = await facade().call(method, `${path}?${names.join("&")}`, {
        headers: { ...given, ...(isTyped && hasBody && { "Content-Type": type }) },
        ...(hasBody && { body }),
        ...(!hasToken && { token: null }),
      });
      // A stream of changes has no end.
      const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
      if (isStream) await response.body?.cancel();
      const text = isStream ? "" : await response.text();
      expect(faultOf(response, text, method)).toBeUndefined();
    }),
    { numRuns: 1500 },
  );
  delay.disable();
  await ask();
  // A turn of the event loop beside this test itself, on a machine with other work.
  expect(delay.max / 1e6).toBeLessThan(2000);
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400);
});

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
