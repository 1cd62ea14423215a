import { expect, test } from "vitest";
import {
  responses,
  deafTo,
  headers,
  members,
  runPairs,
  when,
  type BrokenServer,
} from "../../test/break-server.ts";

const error = "an error has the headers of every answer, and the request's own id";
const ownId = "a request without an id of its own is called as the server calls it";
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
      "the header content-type must be application/json, is text/html",
      "the header request-id is missing",
    ].join("\n"),
  ],
  [
    "calls every request x",
    headers(() => ({ "request-id": "x" })),
    error,
    "the header request-id must be a GUID in lower case, is x",
  ],
  [
    "calls every request the same",
    headers(() => ({ "request-id": guid })),
    ownId,
    `the header request-id must be another than 'firstRequest' had, is ${guid} again`,
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
    "PATCH has the headers of every answer",
    "the header cache-control is missing\nthe header request-id is missing",
  ],
  [
    "is deaf to the caller's id",
    deafTo("client-request-id"),
    error,
    "the header client-request-id must be golden-pair, is ",
  ],
  [
    "says nothing more of an error than its code",
    members((name, value) => (name === "innerError" ? { ...Object(value), code: undefined } : value)),
    "PATCH with a stale If-Match is 412 and says the ETag of now",
    "error.innerError.code is missing",
  ],
  [
    "says nonsense of how to sign in",
    headers(({ status }) => (status === 401 ? { "www-authenticate": "BearerX nonsense" } : {})),
    "GET without a token is 401",
    'the header www-authenticate must be Bearer realm=""…, is BearerX nonsense',
  ],
  [
    "does not say which permission is missing",
    headers(({ status }) => (status === 403 ? { "www-authenticate": 'Bearer realm=""' } : {})),
    "PATCH by someone who may only read is 403",
    'the header www-authenticate must be Bearer error="insufficient_scope", scope="…", is Bearer realm=""',
  ],
  [
    "says that it honoured what it does not know",
    headers((_reply, request) => ({ "preference-applied": request.headers["prefer"] })),
    "PATCH with a preference that is not honoured does not say that it was",
    "the header preference-applied must not be there, is respond-async",
  ],
  ["is deaf to Accept", deafTo("accept"), "GET of no JSON is 406", "the status must be 406, is 200"],
  [
    "knows no HEAD",
    when(
      ({ method }) => method === "HEAD",
      (request, server) => server.respond({ ...request, method: "DELETE" }),
    ),
    "HEAD has the ETag and no body",
    "the status must be 200, is 405",
  ],
  [
    "asks for a token before it says which methods there are",
    when(
      ({ method, identity }) => method === "OPTIONS" && identity === "none",
      (request, server) => server.respond({ ...request, method: "GET" }),
    ),
    "OPTIONS says which methods there are, and asks for no token",
    "the status must be 204, is 401",
  ],
  [
    "answers an error with an empty body",
    responses((response) => (response.status < 400 ? response : { ...response, body: "" })),
    error,
    "the body must be JSON, is ''",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});
