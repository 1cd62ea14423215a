import { expect, test } from "vitest";
import {
  ignoring,
  headers,
  runPairs,
  when,
  type Break,
  type BrokenServer,
  hasText,
} from "../../../test/break-server.ts";

const written = "PATCH of all ten counters returns the summary";
const read = "GET returns what PATCH returned, with its ETag";
const refused = "PATCH with a stale If-Match is 412 and returns the current ETag";
const one = 'the header etag must be one weak ETag such as W/"7"';

const servers: readonly BrokenServer[] = [
  [
    "has one ETag for everything",
    etags(() => 'W/"1"'),
    "PATCH of a whole number with an exponent sets it",
    `the header etag must be new but is W/"1", as 'example' was`,
  ],
  [
    "returns to an earlier ETag",
    etags((etag) => (etag === 'W/"4"' ? 'W/"2"' : etag)),
    "PATCH with If-Match * succeeds",
    `the header etag must be new but is W/"2", as 'example' was`,
  ],
  [
    "derives its ETags from the counters",
    headers(({ status, body }) =>
      status === 200 ? { etag: `W/"${JSON.stringify(body).replaceAll('"', "")}"` } : {},
    ),
    "PATCH back to earlier values returns an ETag that no state had before",
    "the header etag must be new but is",
  ],
  [
    "responds 304 to every If-None-Match",
    when(
      ({ method, headers: sent }) => method === "GET" && sent["if-none-match"] !== undefined,
      (request, server) => server.respond({ ...request, headers: { "if-none-match": "*" } }),
    ),
    "GET with a former ETag in If-None-Match is 200",
    "the status must be 200 but is 304",
  ],
  ["has empty ETags", etags(() => 'W/""'), written, `${one} but is W/""`],
  ["returns two ETags", etags((etag) => `${etag}, W/"0"`), written, `${one} but is W/"2", W/"0"`],
  ["returns strong ETags", etags((etag) => etag.slice(2)), written, `${one} but is "2"`],
  ["returns ETags without quotes", etags(() => "7"), written, `${one} but is 7`],
  ["returns no ETag with PATCH", without("PATCH", 200), written, "the header etag is missing"],
  ["returns no ETag with GET", without("GET", 200), read, "the header etag is missing"],
  [
    "returns no ETag with 304",
    without("GET", 304),
    "GET with the current ETag in If-None-Match is 304",
    "the header etag is missing",
  ],
  ["returns no ETag with 412", without("PATCH", 412), refused, "the header etag is missing"],
  [
    "returns the ETag of the request with 412",
    headers(({ status }, request) => (status === 412 ? { etag: request.headers["if-match"] } : {})),
    refused,
    `the header etag must be W/"3" but is W/"2"`,
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
    "PATCH of an empty object changes nothing, not even the ETag",
    `the header etag must be W/"2" but is W/"3"`,
  ],
  [
    "returns another ETag with GET than with PATCH",
    headers(({ status }, { method }) => (method === "GET" && status === 200 ? { etag: 'W/"0"' } : {})),
    read,
    `the header etag must be W/"2" but is W/"0"`,
  ],
  ["ignores If-Match", ignoring("if-match"), refused, "the status must be 412 but is 200"],
  [
    "accepts the same ETag twice",
    ignoring("if-match", ({ body }) => hasText(body, "28")),
    "PATCH with the same ETag again is 412",
    "the status must be 412 but is 200",
  ],
  [
    "reads only the first ETag of If-Match",
    when(
      ({ headers: sent }) => sent["if-match"]?.includes(",") === true,
      (request, server) => {
        const [first = ""] = request.headers["if-match"]?.split(",") ?? [];
        return server.respond({ ...request, headers: { ...request.headers, "if-match": first } });
      },
    ),
    "PATCH with a list of ETags succeeds when one of them is current",
    "the status must be 200 but is 412",
  ],
  [
    "ignores a malformed If-Match",
    ignoring("if-match", (request) => request.headers["if-match"] === 'W/"31'),
    "PATCH with a malformed If-Match is 400",
    "the status must be 400 but is 200",
  ],
  [
    "ignores If-None-Match of GET",
    ignoring("if-none-match", ({ method }) => method === "GET"),
    "GET with the current ETag in If-None-Match is 304",
    "the status must be 304 but is 200",
  ],
  [
    "ignores If-None-Match of PATCH",
    ignoring("if-none-match", ({ method }) => method === "PATCH"),
    "PATCH with If-None-Match * is 412, since the summary exists",
    "the status must be 412 but is 200",
  ],
  [
    "ignores If-Match of a dry run",
    ignoring("if-match", ({ path }) => path.endsWith("dryRun=true")),
    "PATCH as a dry run with a stale If-Match is 412",
    "the status must be 412 but is 200",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});

/** Changes the ETag in the headers of every response. */
function etags(change: (etag: string) => string): Break {
  return headers(({ headers: { etag } }) => (etag === undefined ? {} : { etag: change(etag) }));
}

function without(method: string, status: number): Break {
  return headers((response, request) =>
    request.method === method && response.status === status ? { etag: undefined } : {},
  );
}
