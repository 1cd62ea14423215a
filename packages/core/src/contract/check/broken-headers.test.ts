import { expect, test } from "vitest";
import {
  responses,
  ignoring,
  headers,
  members,
  runPairs,
  when,
  type BrokenServer,
} from "../../../test/break-server.ts";

const error = "an error has the common headers and the caller's request id";
const ownId = "a request without a client-request-id gets the server's request id";
const guid = "00000000-0000-4000-8000-000000000001";

const servers: readonly BrokenServer[] = [
  [
    "returns an error as HTML, without ids",
    headers(({ status }) =>
      status < 400 ? {} : { "content-type": "text/html", "request-id": undefined, vary: undefined },
    ),
    error,
    [
      "the header vary is missing",
      "the header content-type must be application/json but is text/html",
      "the header request-id is missing",
    ].join("\n"),
  ],
  [
    "returns a request id that is not a GUID",
    headers(() => ({ "request-id": "x" })),
    error,
    "the header request-id must be a GUID in lower case but is x",
  ],
  [
    "returns the same id for every request",
    headers(() => ({ "request-id": guid })),
    ownId,
    `the header request-id must be new but is ${guid}, as 'firstRequest' was`,
  ],
  [
    "returns the same client-request-id to every caller",
    headers(() => ({ "client-request-id": "golden-pair" })),
    ownId,
    "is golden-pair",
  ],
  [
    "has the common headers with GET only",
    headers((_reply, { method }) =>
      method === "GET" ? {} : { "request-id": undefined, "cache-control": undefined },
    ),
    "PATCH has the common headers",
    "the header cache-control is missing\nthe header request-id is missing",
  ],
  [
    "ignores client-request-id",
    ignoring("client-request-id"),
    error,
    "the header client-request-id must be golden-pair but is ",
  ],
  [
    "leaves the inner code of an error out",
    members((name, value) => (name === "innerError" ? { ...Object(value), code: undefined } : value)),
    "PATCH with a stale If-Match is 412 and returns the current ETag",
    "error.innerError.code is missing",
  ],
  [
    "returns a malformed WWW-Authenticate",
    headers(({ status }) => (status === 401 ? { "www-authenticate": "BearerX nonsense" } : {})),
    "GET without a token is 401",
    'the header www-authenticate must be Bearer realm=""… but is BearerX nonsense',
  ],
  [
    "leaves the missing permission out",
    headers(({ status }) => (status === 403 ? { "www-authenticate": 'Bearer realm=""' } : {})),
    "PATCH by a caller who may only read is 403",
    'the header www-authenticate must be Bearer error="insufficient_scope", scope="…" but is Bearer realm=""',
  ],
  [
    "claims to honour an unknown preference",
    headers((_reply, request) => ({ "preference-applied": request.headers["prefer"] })),
    "PATCH with an unknown preference returns no Preference-Applied",
    "the header preference-applied must be absent but is respond-async",
  ],
  [
    "ignores Accept",
    ignoring("accept"),
    "GET of another media type than JSON is 406",
    "the status must be 406 but is 200",
  ],
  [
    "refuses HEAD",
    when(
      ({ method }) => method === "HEAD",
      (request, server) => server.respond({ ...request, method: "DELETE" }),
    ),
    "HEAD returns the ETag and no body",
    "the status must be 200 but is 405",
  ],
  [
    "asks for a token before OPTIONS",
    when(
      ({ method, identity }) => method === "OPTIONS" && identity === "none",
      (request, server) => server.respond({ ...request, method: "GET" }),
    ),
    "OPTIONS lists the allowed methods and needs no token",
    "the status must be 204 but is 401",
  ],
  [
    "returns an error with an empty body",
    responses((response) => (response.status < 400 ? response : { ...response, body: "" })),
    error,
    "the body must be JSON but is ''",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
