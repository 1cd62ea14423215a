import { expect, test } from "vitest";
import {
  ignoring,
  runPairs,
  when,
  type Break,
  type BrokenServer,
  hasText,
} from "../../../test/break-server.ts";

const servers: readonly BrokenServer[] = [
  [
    "stops at the first fault",
    rewriting('{"failedDeviceCount":null,"x":1}', '{"failedDeviceCount":null}'),
    "PATCH with two faults is 400 and lists both",
    "error.details must have 2 elements but has 0",
  ],
  [
    "accepts text as a number",
    rewriting('"4"', "4"),
    "PATCH of a number as text is 400 and names the counter",
    "the status must be 400 but is 200",
  ],
  [
    "treats -1 as 0",
    rewriting("-1", "0"),
    "PATCH of a negative counter is 400 and names it",
    "the status must be 400 but is 200",
  ],
  [
    "caps numbers that are too large",
    rewriting("2147483648", "2147483647"),
    "PATCH of more than Int32 holds is 400 and names the counter",
    "the status must be 400 but is 200",
  ],
  [
    "ignores exponents",
    rewriting("1e3", "1"),
    "PATCH of a whole number with an exponent sets it",
    "body.failedDeviceCount must be 1000 but is 1",
  ],
  [
    "treats an empty body as an empty object",
    when(
      ({ body }) => body === "",
      (request, server) => server.respond({ ...request, body: "{}" }),
    ),
    "PATCH with an empty body is 400",
    "the status must be 400 but is 200",
  ],
  [
    "keeps the last of two equal names",
    rewriting('"failedDeviceCount":33,', ""),
    "PATCH of the same counter twice is 400",
    "the status must be 400 but is 200",
  ],
  [
    "ignores unknown names",
    rewriting(',"failedDevicesCount":32', ""),
    "PATCH of a misspelt counter is 400 and leaves the other counter alone",
    "the status must be 400 but is 200",
  ],
  [
    "ignores ids",
    rewriting('"id":"00000000-0000-4000-8000-00000badc0de",', ""),
    "PATCH with the id of another app is 400",
    "the status must be 400 but is 200",
  ],
  [
    "treats an array as its element",
    rewriting('[{"failedDeviceCount":37}]', '{"failedDeviceCount":37}'),
    "PATCH of an array as the whole body is 400",
    "the status must be 400 but is 200",
  ],
  ["accepts any media type", typed(), "PATCH of text/plain is 415", "the status must be 415 but is 200"],
  [
    "works without a token",
    when(
      ({ identity }) => identity === "none",
      (request, server) => server.respond({ ...request, identity: "writer" }),
    ),
    "GET without a token is 401",
    "the status must be 401 but is 200",
  ],
  [
    "lets a reader write",
    when(
      ({ identity }) => identity === "reader",
      (request, server) => server.respond({ ...request, identity: "writer" }),
    ),
    "PATCH by a caller who may only read is 403",
    "the status must be 403 but is 200",
  ],
  [
    "ignores return=minimal",
    ignoring("prefer"),
    "PATCH with return=minimal returns no body",
    "the status must be 204 but is 200",
  ],
  [
    "writes nothing when asked for return=minimal",
    when(
      ({ headers: sent }) => sent["prefer"] !== undefined,
      () => ({ status: 204, headers: { "preference-applied": "return=minimal" } }),
    ),
    "GET returns the change that was committed without a body, under a new ETag",
    "body.installedUserCount must be 40 but is 2",
  ],
  [
    "skips every request that depends on another",
    when(
      ({ body }) => hasText(body, '"dependsOn":["first"]'),
      async (request, server) => {
        const response = await server.respond(request);
        const { responses }: { responses: readonly object[] } = Object(response.body);
        return { ...response, body: { responses: responses.map((one) => ({ ...one, status: 424 })) } };
      },
    ),
    "a batch carries out a request that depends on a successful one",
    "body.responses[1].status must be 200 but is 424",
  ],
  [
    "carries out what depends on a refused request",
    rewriting('"dependsOn":["1"]', '"dependsOn":[]'),
    "a batch skips a request that depends on a refused one",
    "body.responses[1].status must be 424 but is 200",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});

/** Takes a part of a body for another. */
function rewriting(part: string, other: string): Break {
  return when(
    ({ body }) => hasText(body, part),
    (request, server) => server.respond({ ...request, body: String(request.body).replace(part, other) }),
  );
}

function typed(): Break {
  return when(
    ({ method }) => method === "PATCH",
    (request, server) =>
      server.respond({ ...request, headers: { ...request.headers, "content-type": "application/json" } }),
  );
}
