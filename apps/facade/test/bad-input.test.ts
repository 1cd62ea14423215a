import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { apps, read, shareFacade, summary, useFacade, type Call } from "./facades.ts";
import { appId } from "./samples.ts";

// Bad input by the numbers of the inventory: paths, headers, queries and bodies that a caller should not send.
const facade = shareFacade();

const json = { "Content-Type": "application/json" };
const nil = "00000000-0000-0000-0000-000000000000";

interface Case extends Call {
  readonly what: string;
  readonly method?: string;
  readonly path?: string;
  /** Status and code, or the status of a success. */
  readonly is: string;
}

/** Status and code of a response, whose form must be Graph's. */
async function outcomeOf({ method = "GET", path = summary, ...call }: Case): Promise<string> {
  const response = await facade().call(method, path, call);
  const id = response.headers.get("request-id");
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  const text = await response.text();
  if (response.status < 400) return String(response.status);
  const { error } = JSON.parse(text);
  expect(error.innerError["request-id"]).toBe(id);
  return `${response.status} ${error.code}`;
}

/** Tries each case, after which the summary is what it was and the next good request is served. */
function tryAll(cases: readonly Case[]): void {
  test.each(cases)("$what: $is", async (one) => {
    const etag = (await facade().get(summary)).headers.get("etag");
    expect(await outcomeOf(one)).toBe(one.is);
    const after = await facade().get(summary);
    expect([after.status, after.headers.get("etag")]).toEqual([200, etag]);
  });
}

const segment = "400 BadRequest";
const option = "400 BadRequest";
const filter = (text: string): string => `${apps}?$filter=${encodeURIComponent(text)}`;

function accept(value: string): Call {
  return { headers: { Accept: value } };
}

function body(type: string): Call {
  return { headers: { "Content-Type": type }, body: "{}" };
}

function patchOf(text: string | Uint8Array<ArrayBuffer>, headers: Call["headers"] = {}) {
  return { method: "PATCH", headers: { ...json, ...headers }, body: text };
}

function deep(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
}

describe("paths", () => {
  tryAll([
    { what: "B43 a long s", path: "/beta/deviceAppManagement/mobileApp%C5%BF", is: segment },
    { what: "B43 a Kelvin sign", path: `${apps}?$s%E2%84%AAiptoken=x`, is: option },
    { what: "B44 __proto__", path: "/beta/__proto__", is: segment },
    { what: "B44 constructor", path: `${apps}/${appId}/constructor`, is: segment },
    { what: "B45 a segment behind the summary", path: `${summary}/x`, is: segment },
    { what: "B45 $value", path: `${summary}/$value`, is: segment },
    { what: "B45 $ref", path: `${summary}/$ref`, is: segment },
    { what: "B47 the nil GUID", path: `${apps}/${nil}/installSummary`, is: "404 ResourceNotFound" },
    { what: "B49 upper case", path: summary.toUpperCase().replace("/BETA/", "/Beta/"), is: "200" },
  ]);
});

describe("headers", () => {
  const notAcceptable = "406 NotAcceptable";
  const unsupported = "415 UnsupportedMediaType";
  tryAll([
    { what: "B50 text/html", ...accept("text/html"), is: notAcceptable },
    { what: "B50 application/xml", ...accept("application/xml"), is: notAcceptable },
    { what: "B50 an empty list", ...accept(","), is: "200" },
    { what: "B51 JSON of no worth", ...accept("application/json;q=0"), is: notAcceptable },
    { what: "B52 an unknown level", ...accept("application/json;odata.metadata=x"), is: notAcceptable },
    { what: "B53 OData 3", headers: { "OData-Version": "3.0" }, is: "400 BadRequest" },
    { what: "B53 OData x at most", headers: { "OData-MaxVersion": "x" }, is: "400 BadRequest" },
    {
      what: "B56 Basic",
      headers: { Authorization: "Basic YTpi" },
      token: null,
      is: "401 InvalidAuthenticationToken",
    },
    {
      what: "B56 Bearer alone",
      headers: { Authorization: "Bearer" },
      token: null,
      is: "401 InvalidAuthenticationToken",
    },
    {
      what: "B56 a token in the query",
      path: `${summary}?access_token=a.b.c`,
      token: null,
      is: "401 InvalidAuthenticationToken",
    },
    ...[
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/json",
      "application/merge-patch+json",
    ].map((type) => ({ what: `B60 ${type}`, method: "PATCH", ...body(type), is: unsupported })),
    ...["utf-16", "iso-8859-1"].map((charset) => ({
      what: `B61 ${charset}`,
      method: "PATCH",
      ...body(`application/json;charset=${charset}`),
      is: unsupported,
    })),
    ...["return", "return=both", 'a="', "odata.maxpagesize=0", ";;,"].map((prefer) => ({
      what: `B62 Prefer ${prefer}`,
      headers: { Prefer: prefer },
      is: "200",
    })),
    { what: "B64 a bad traceparent", headers: { traceparent: "00-0-0-00" }, is: "200" },
  ]);

  test.each([
    ["too long", "x".repeat(129)],
    ["not printable", "a\u00a0b"],
  ])("B63 a client-request-id that is %s is replaced by a fresh one", async (_, sent) => {
    const { status, headers } = await facade().get(summary, { headers: { "client-request-id": sent } });
    expect(status).toBe(200);
    expect(headers.get("client-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("queries", () => {
  const patch = { method: "PATCH", headers: json, body: "{}" };
  tryAll([
    ...["-1", "1e3", "", "100000000000000000000"].map((top) => ({
      what: `B66 $top=${top}`,
      path: `${apps}?$top=${top}`,
      is: option,
    })),
    { what: "B67 dryRun twice", path: `${summary}?dryRun=true&dryRun=true`, ...patch, is: option },
    { what: "B67 dryRun=maybe", path: `${summary}?dryRun=maybe`, ...patch, is: option },
    { what: "B68 a misspelt dryRun", path: `${summary}?dryrum=true`, ...patch, is: option },
    { what: "B68 another name on a PATCH", path: `${summary}?_=1`, ...patch, is: option },
    { what: "B69 $apply", path: `${apps}?$apply=x`, is: option },
    { what: "B69 $compute", path: `${apps}?$compute=x`, is: option },
    ...["__proto__", "a/b", ""].map((select) => ({
      what: `B70 $select=${select}`,
      path: `${apps}?$select=${select}`,
      is: option,
    })),
    {
      what: "B71 $expand in $expand",
      path: `${apps}?$expand=installSummary($expand=installSummary)`,
      is: option,
    },
    { what: "B72 2,000 brackets", path: `${apps}?$filter=${"(".repeat(2000)}`, is: option },
    { what: "B72 2,000 times not", path: filter(`${"not ".repeat(1000)}isAssigned`), is: option },
    { what: "B72 10,000 brackets", path: `${apps}?$filter=${"(".repeat(10_000)}`, is: "414 UriTooLong" },
    { what: "B73 an open quote", path: filter("displayName eq 'a"), is: option },
    { what: "B74 30 February", path: filter("createdDateTime gt 2024-02-30"), is: option },
    { what: "B75 greater than null", path: filter("displayName gt null"), is: option },
    { what: "B76 an unknown function", path: filter("soundex(displayName) eq 'a'"), is: option },
    { what: "B77 a cursor of 7 KB", path: `${apps}?$skiptoken=${"a".repeat(7000)}`, is: option },
    { what: "B78 $count=1", path: `${apps}?$count=1`, is: option },
    { what: "B83 constructor=1 and an empty name", path: `${apps}?constructor=1&=2`, is: "200" },
  ]);

  test("B77 a cursor with a bit flipped, or of another filter, is refused", async () => {
    const { "@odata.nextLink": next } = await read(await facade().get(`${apps}?$top=1`));
    const link = new URL(next);
    const token = link.searchParams.get("$skiptoken") ?? "";
    const flipped = (token.startsWith("a") ? "b" : "a") + token.slice(1);
    const follow = (query: string): Promise<Response> => facade().get(`${link.pathname}?${query}`);
    expect((await follow(`$top=1&$skiptoken=${token}`)).status).toBe(200);
    expect((await follow(`$top=1&$skiptoken=${flipped}`)).status).toBe(400);
    expect((await follow(`$top=1&$filter=isAssigned&$skiptoken=${token}`)).status).toBe(400);
  });

  test("B79 $top above the maximum gives a page of the maximum and the link to the next one", async () => {
    const own = await useFacade({ settings: { limits: { pageSize: 2 } } });
    const page = await read(await own.get(`${apps}?$top=5000`));
    expect([page.value.length, typeof page["@odata.nextLink"]]).toEqual([2, "string"]);
  });

  test.each([
    ["B81 a percent sign", "contains(displayName,'%')", 1],
    ["B81 an underscore", "contains(displayName,'_')", 0],
    ["B81 a backslash", "contains(displayName,'\\')", 0],
    ["B82 quotes that end no statement", "displayName eq ''' or 1=1 --'", 0],
  ])("%s is a character like others", async (_, text, count) => {
    const page = await read(await facade().get(filter(text)));
    expect(page.value).toHaveLength(count);
  });
});

describe("bodies", () => {
  const gzip = { "Content-Encoding": "gzip" };
  const good = new Uint8Array(gzipSync('{"failedDeviceCount":1}'));
  tryAll([
    { what: "B91 a depth of 17", ...patchOf(deep(17)), is: "400 BadRequest" },
    { what: "B91 a depth of 10,000", ...patchOf(deep(10_000)), is: "400 BadRequest" },
    {
      what: "B94 gzip that unpacks to a thousand times its size",
      ...patchOf(new Uint8Array(gzipSync(Buffer.alloc(10_000_000, 32))), gzip),
      is: "413 RequestEntityTooLarge",
    },
    { what: "B95 cut gzip", ...patchOf(good.slice(0, -4), gzip), is: "415 UnsupportedMediaType" },
    {
      what: "B95 bytes after gzip",
      ...patchOf(new Uint8Array([...good, 1, 2, 3]), gzip),
      is: "415 UnsupportedMediaType",
    },
    ...["gzip, gzip", "br", "zstd"].map((encoding) => ({
      what: `B95 ${encoding}`,
      ...patchOf(good, { "Content-Encoding": encoding }),
      is: "415 UnsupportedMediaType",
    })),
  ]);
});
