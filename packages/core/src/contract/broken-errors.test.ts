import { expect, test } from "vitest";
import {
  responses,
  headers,
  member,
  members,
  runPairs,
  type Break,
  type BrokenServer,
} from "../../test/break-server.ts";
import type { SentRequest } from "./check/check-pair.ts";

const text = "PATCH of a number as text is 400 and names the counter";
const faults = "PATCH with two faults is 400 and lists both";

const servers: readonly BrokenServer[] = [
  [
    "says nothing of an error",
    responses((response) => (response.status < 400 ? response : { ...response, body: {} })),
    text,
    'the body must be {"error":{…}}, is {}',
  ],
  [
    "says in plain text what is wrong",
    responses((response) => (response.status < 400 ? response : { ...response, body: "Bad" })),
    text,
    "the body must be JSON, is 'Bad'",
  ],
  [
    "has another code",
    member("code", () => "invalidRequest"),
    text,
    'error.code must be "ModelValidationFailure", is "invalidRequest"',
  ],
  ["has an empty message", member("message", () => ""), text, 'error.message must be a text, is ""'],
  ["has no innerError", member("innerError", () => undefined), text, "error.innerError is missing"],
  ["does not say when", member("date", () => undefined), text, "error.innerError.date is missing"],
  [
    "does not name the request",
    member("request-id", () => undefined),
    text,
    "error.innerError.request-id is missing",
  ],
  ["does not name the counter", member("target", () => undefined), text, "error.target is missing"],
  [
    "names another counter",
    member("target", () => "id"),
    "PATCH of a negative counter is 400 and names it",
    'error.target must be "failedDeviceCount", is "id"',
  ],
  [
    "has details of one fault",
    details(() => [{ code: "x", message: "x" }]),
    text,
    "error.details must be 0, are 1",
  ],
  ["has no details of two faults", details(() => undefined), faults, "error.details must be 2, are 0"],
  [
    "repeats a detail",
    details((all) => [...all, ...all.slice(0, 1)]),
    faults,
    "error.details must be 2, are 3",
  ],
  [
    "tells the same fault twice",
    details((all) => all.map(() => all[0])),
    faults,
    'error.details[1].target must be "x", is "failedDeviceCount"',
  ],
  [
    "tells faults in another order",
    details((all) => all.toReversed()),
    faults,
    'error.details[0].target must be "failedDeviceCount", is "x"',
  ],
  [
    "has details without codes",
    details((all) => all.map((one) => ({ ...Object(one), code: undefined }))),
    faults,
    "error.details[0].code is missing",
  ],
  ["has details that are no list", details(() => ({})), faults, "error.details must be an array"],
  [
    "answers a wrong id with 404",
    status(({ path }) => path.endsWith("/nope"), 404),
    "an id that is no GUID is 400",
    "the status must be 400, is 404",
  ],
  [
    "does not say what is allowed",
    headers(() => ({ allow: undefined })),
    "DELETE is 405 and says what is allowed",
    "the header allow is missing",
  ],
  [
    "allows what it does not",
    headers(({ status: given }) => (given === 405 ? { allow: "GET, DELETE" } : {})),
    "DELETE is 405 and says what is allowed",
    "the header allow must be GET, HEAD, PATCH, OPTIONS, is GET, DELETE",
  ],
  [
    "does not say how to sign in",
    headers(() => ({ "www-authenticate": undefined })),
    "GET without a token is 401",
    "the header www-authenticate is missing",
  ],
  [
    "lets caches keep a summary",
    headers(() => ({ "cache-control": "public, max-age=60" })),
    "GET still answers the same in the end, with the headers of every answer",
    "the header cache-control must be private, no-store, is public, max-age=60",
  ],
  [
    "has no body for a GET",
    responses((response, { method }) =>
      method === "GET" && response.status === 200 ? { ...response, body: "" } : response,
    ),
    "GET answers what PATCH answered, with its ETag",
    "the body must be JSON, is ''",
  ],
];

test.each(servers)("a server that %s is found", async (_what, server, pair, sentence) => {
  const found = await runPairs(server);
  expect(found.get(pair)?.join("\n")).toContain(sentence);
});

function details(change: (details: readonly unknown[]) => unknown): Break {
  return members((name, value) => {
    if (name !== "error") return value;
    const error: { details?: readonly unknown[] } = Object(value);
    return { ...error, details: change(error.details ?? []) };
  });
}

function status(isMeant: (request: SentRequest) => boolean, other: number): Break {
  return responses((response, request) => (isMeant(request) ? { ...response, status: other } : response));
}
