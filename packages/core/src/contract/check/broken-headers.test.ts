import { expect, test } from "vitest";
import {
  responses,
  deafTo,
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
    "says in HTML what is wrong, and not in which request",
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
    "calls every request x",
    headers(() => ({ "request-id": "x" })),
    error,
    "the header request-id must be a GUID in lower case but is x",
  ],
  [
    "calls every request the same",
    headers(() => ({ "request-id": guid })),
    ownId,
    `the header request-id must be new but is ${guid}, as 'firstRequest' was`,
  ],
  [
    "takes every caller's id for the same",
    headers(() => ({ "client-request-id": "golden-pair" })),
    ownId,
    "is golden-pair",
  ],
  [
    "has its headers on what it reads alone",
    headers((_reply, { method }) =>
      method === "GET" ? {} : { "request-id": undefined, "cache-control": undefined },
    ),
    "PATCH has the common headers",
    "the header cache-control is missing\nthe header request-id is missing",
  ],
  [
    "is deaf to the caller's id",
    deafTo("client-request-id"),
    error,
    "the header client-request-id must be golden-pair but is ",
  ],
  [
    "says nothing more of an error than its code",
    members((name, value) => (name === "innerError" ? { ...Object(value), code: undefined } : value)),
    "PATCH with a stale If-Match is 412 and returns the current ETag",
    "error.innerError.code is missing",
  ],
  [
    "says nonsense of how to sign in",
    headers(({ status }) => (status === 401 ? { "www-authenticate": "BearerX nonsense" } : {})),
    "GET without a token is 401",
    'the header www-authenticate must be Bearer realm=""… but is BearerX nonsense',
  ],
  [
    "does not say which permission is missing",
    headers(({ status }) => (status === 403 ? { "www-authenticate": 'Bearer realm=""' } : {})),
    "PATCH by a caller who may only read is 403",
    'the header www-authenticate must be Bearer error="insufficient_scope", scope="…" but is Bearer realm=""',
  ],
  [
    "says that it honoured what it does not know",
    headers((_reply, request) => ({ "preference-applied": request.headers["prefer"] })),
    "PATCH with an unknown preference returns no Preference-Applied",
    "the header preference-applied must be absent but is respond-async",
  ],
  [
    "is deaf to Accept",
    deafTo("accept"),
    "GET of another media type than JSON is 406",
    "the status must be 406 but is 200",
  ],
  [
    "knows no HEAD",
    when(
      ({ method }) => method === "HEAD",
      (request, server) => server.respond({ ...request, method: "DELETE" }),
    ),
    "HEAD returns the ETag and no body",
    "the status must be 200 but is 405",
  ],
  [
    "asks for a token before it says which methods there are",
    when(
      ({ method, identity }) => method === "OPTIONS" && identity === "none",
      (request, server) => server.respond({ ...request, method: "GET" }),
    ),
    "OPTIONS lists the allowed methods and needs no token",
    "the status must be 204 but is 401",
  ],
  [
    "answers an error with an empty body",
    responses((response) => (response.status < 400 ? response : { ...response, body: "" })),
    error,
    "the body must be JSON but is ''",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
