import { expect, test } from "vitest";
import { deafTo, headers, runPairs, when, type Break, type BrokenServer } from "../../test/break-server.ts";

const written = "PATCH of all ten counters answers the summary";
const read = "GET answers what PATCH answered, with its ETag";
const refused = "PATCH with a stale If-Match is 412 and says the ETag of now";
const one = 'the header etag must be one ETag such as W/"7"';

const servers: readonly BrokenServer[] = [
  [
    "has one ETag for everything",
    etags(() => 'W/"1"'),
    "PATCH of a whole number with an exponent sets it",
    `the header etag must be another than 'example' had, is W/"1" again`,
  ],
  [
    "comes back to an earlier ETag",
    etags((etag) => (etag === 'W/"4"' ? 'W/"2"' : etag)),
    "PATCH with If-Match * goes through",
    `the header etag must be another than 'example' had, is W/"2" again`,
  ],
  [
    "makes its ETags of the counters",
    headers(({ status, body }) =>
      status === 200 ? { etag: `W/"${JSON.stringify(body).replaceAll('"', "")}"` } : {},
    ),
    "PATCH back to earlier values gives an ETag that no state had before",
    "the header etag must be another than 'minimal' had",
  ],
  [
    "is 304 for whatever ETag the caller has",
    when(
      ({ method, headers: sent }) => method === "GET" && sent["if-none-match"] !== undefined,
      (request, server) => server.respond({ ...request, headers: { "if-none-match": "*" } }),
    ),
    "GET of another state than the caller already has is 200",
    "the status must be 200, is 304",
  ],
  ["has empty ETags", etags(() => 'W/""'), written, `${one}, is W/""`],
  ["gives two ETags", etags((etag) => `${etag}, W/"0"`), written, `${one}, is W/"2", W/"0"`],
  ["gives strong ETags", etags((etag) => etag.slice(2)), written, `${one}, is "2"`],
  ["gives ETags without quotes", etags(() => "7"), written, `${one}, is 7`],
  ["gives no ETag with what it wrote", without("PATCH", 200), written, "the header etag is missing"],
  ["gives no ETag with what it reads", without("GET", 200), read, "the header etag is missing"],
  [
    "gives no ETag with a 304",
    without("GET", 304),
    "GET of what the caller already has is 304",
    "the header etag is missing",
  ],
  ["gives no ETag with a 412", without("PATCH", 412), refused, "the header etag is missing"],
  [
    "gives the ETag of the request with a 412",
    headers(({ status }, request) => (status === 412 ? { etag: request.headers["if-match"] } : {})),
    refused,
    `the header etag must be W/"3", is W/"2"`,
  ],
  [
    "counts a PATCH that changes nothing as a change",
    when(
      ({ body }) => body === "{}",
      (request, server) => {
        server.commit({});
        return server.respond(request);
      },
    ),
    "PATCH of nothing changes nothing, not even the ETag",
    `the header etag must be W/"2", is W/"3"`,
  ],
  [
    "reads under another ETag than it writes",
    headers(({ status }, { method }) => (method === "GET" && status === 200 ? { etag: 'W/"0"' } : {})),
    read,
    `the header etag must be W/"2", is W/"0"`,
  ],
  ["is deaf to If-Match", deafTo("if-match"), refused, "the status must be 412, is 200"],
  [
    "lets each ETag write twice",
    deafTo("if-match", ({ body }) => body?.includes("28") === true),
    "PATCH with that ETag again is 412",
    "the status must be 412, is 200",
  ],
  [
    "reads no list in If-Match",
    when(
      ({ headers: sent }) => sent["if-match"]?.includes(",") === true,
      (request, server) => {
        const [first = ""] = request.headers["if-match"]?.split(",") ?? [];
        return server.respond({ ...request, headers: { ...request.headers, "if-match": first } });
      },
    ),
    "PATCH with a list of ETags goes through when one of them is that of now",
    "the status must be 200, is 412",
  ],
  [
    "drops an If-Match that it cannot read",
    deafTo("if-match", (request) => request.headers["if-match"] === 'W/"31'),
    "PATCH with an If-Match that is no ETag is 400",
    "the status must be 400, is 200",
  ],
  [
    "is deaf to If-None-Match of a GET",
    deafTo("if-none-match", ({ method }) => method === "GET"),
    "GET of what the caller already has is 304",
    "the status must be 304, is 200",
  ],
  [
    "is deaf to If-None-Match of a PATCH",
    deafTo("if-none-match", ({ method }) => method === "PATCH"),
    "PATCH with If-None-Match * is 412, since there is a summary",
    "the status must be 412, is 200",
  ],
  [
    "is deaf to If-Match of a dry run",
    deafTo("if-match", ({ path }) => path.endsWith("dryRun=true")),
    "PATCH as a dry run with a stale If-Match is 412",
    "the status must be 412, is 200",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});

/** Other ETags in the headers of all answers that have one. */
function etags(change: (etag: string) => string): Break {
  return headers(({ headers: { etag } }) => (etag === undefined ? {} : { etag: change(etag) }));
}

function without(method: string, status: number): Break {
  return headers((response, request) =>
    request.method === method && response.status === status ? { etag: undefined } : {},
  );
}
