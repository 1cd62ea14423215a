import { expect, test } from "vitest";
import { deafTo, runPairs, when, type Break, type BrokenServer } from "../../test/break-server.ts";

const servers: readonly BrokenServer[] = [
  [
    "stops at the first fault",
    rewriting('{"failedDeviceCount":null,"x":1}', '{"failedDeviceCount":null}'),
    "PATCH with two faults is 400 and lists both",
    "error.details must be 2, are 0",
  ],
  [
    "takes text for a number",
    rewriting('"4"', "4"),
    "PATCH of a number as text is 400 and names the counter",
    "the status must be 400, is 200",
  ],
  [
    "takes -1 for 0",
    rewriting("-1", "0"),
    "PATCH of a negative counter is 400 and names it",
    "the status must be 400, is 200",
  ],
  [
    "caps what is too much",
    rewriting("2147483648", "2147483647"),
    "PATCH of more than an Int32 holds is 400 and names the counter",
    "the status must be 400, is 200",
  ],
  [
    "knows no exponents",
    rewriting("1e3", "1"),
    "PATCH of a whole number with an exponent sets it",
    "body.failedDeviceCount must be 1000, is 1",
  ],
  [
    "takes no body for an empty one",
    when(
      ({ body }) => body === "",
      (request, server) => server.respond({ ...request, body: "{}" }),
    ),
    "PATCH without a body is 400",
    "the status must be 400, is 200",
  ],
  [
    "takes the last of two",
    rewriting('"failedDeviceCount":33,', ""),
    "PATCH of the same counter twice is 400",
    "the status must be 400, is 200",
  ],
  [
    "ignores names that it does not know",
    rewriting(',"failedDevicesCount":32', ""),
    "PATCH of a misspelt counter is 400 and leaves the counter beside it alone",
    "the status must be 400, is 200",
  ],
  [
    "ignores ids",
    rewriting('"id":"00000000-0000-4000-8000-00000badc0de",', ""),
    "PATCH with the id of another app is 400",
    "the status must be 400, is 200",
  ],
  [
    "takes an array for its element",
    rewriting('[{"failedDeviceCount":37}]', '{"failedDeviceCount":37}'),
    "PATCH of what is no object is 400",
    "the status must be 400, is 200",
  ],
  ["takes whatever type of body", typed(), "PATCH of text is 415", "the status must be 415, is 200"],
  [
    "asks for no token",
    when(
      ({ identity }) => identity === "none",
      (request, server) => server.respond({ ...request, identity: "writer" }),
    ),
    "GET without a token is 401",
    "the status must be 401, is 200",
  ],
  [
    "lets whoever may read write",
    when(
      ({ identity }) => identity === "reader",
      (request, server) => server.respond({ ...request, identity: "writer" }),
    ),
    "PATCH by someone who may only read is 403",
    "the status must be 403, is 200",
  ],
  [
    "is deaf to return=minimal",
    deafTo("prefer"),
    "PATCH with return=minimal is answered without a body",
    "the status must be 204, is 200",
  ],
  [
    "writes nothing when asked for return=minimal",
    when(
      ({ headers: sent }) => sent["prefer"] !== undefined,
      () => ({ status: 204, headers: { "preference-applied": "return=minimal" } }),
    ),
    "GET answers what was committed without a body, under another ETag",
    "body.installedUserCount must be 40, is 2",
  ],
  [
    "carries out nothing that depends on another request",
    when(
      ({ body }) => body?.includes('"dependsOn":["first"]') === true,
      (request, server) => {
        const response = server.respond(request);
        const { responses }: { responses: readonly object[] } = Object(response.body);
        return { ...response, body: { responses: responses.map((one) => ({ ...one, status: 424 })) } };
      },
    ),
    "a batch carries out what depends on a request that was not refused",
    "body.responses[1].status must be 200, is 424",
  ],
  [
    "carries out what depends on a refused request",
    rewriting('"dependsOn":["1"]', '"dependsOn":[]'),
    "a batch carries out no request whose predecessor was refused",
    "body.responses[1].status must be 424, is 200",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});

/** Takes a part of a body for another. */
function rewriting(part: string, other: string): Break {
  return when(
    ({ body }) => body?.includes(part) === true,
    (request, server) => server.respond({ ...request, body: (request.body ?? "").replace(part, other) }),
  );
}

function typed(): Break {
  return when(
    ({ method }) => method === "PATCH",
    (request, server) =>
      server.respond({ ...request, headers: { ...request.headers, "content-type": "application/json" } }),
  );
}
