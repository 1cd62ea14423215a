import { expect, test } from "vitest";
import {
  responses,
  headers,
  member,
  members,
  runPairs,
  type Break,
  type BrokenServer,
} from "../../../test/break-server.ts";
import type { SentRequest } from "./check-pair.ts";

const text = "PATCH of a number as text is 400 and names the counter";
const faults = "PATCH with two faults is 400 and lists both";

const servers: readonly BrokenServer[] = [
  [
    "returns an error without content",
    responses((response) => (response.status < 400 ? response : { ...response, body: {} })),
    text,
    'the body must be {"error":{…}} but is {}',
  ],
  [
    "returns an error as plain text",
    responses((response) => (response.status < 400 ? response : { ...response, body: "Bad" })),
    text,
    "the body must be JSON but is 'Bad'",
  ],
  [
    "returns another code",
    member("code", () => "invalidRequest"),
    text,
    'error.code must be "ModelValidationFailure" but is "invalidRequest"',
  ],
  [
    "has an empty message",
    member("message", () => ""),
    text,
    'error.message must be a non-empty text but is ""',
  ],
  ["has no innerError", member("innerError", () => undefined), text, "error.innerError is missing"],
  [
    "leaves the date of an error out",
    member("date", () => undefined),
    text,
    "error.innerError.date is missing",
  ],
  [
    "leaves the request id of an error out",
    member("request-id", () => undefined),
    text,
    "error.innerError.request-id is missing",
  ],
  ["leaves the target of an error out", member("target", () => undefined), text, "error.target is missing"],
  [
    "names another counter",
    member("target", () => "id"),
    "PATCH of a negative counter is 400 and names it",
    'error.target must be "failedDeviceCount" but is "id"',
  ],
  [
    "has details of one fault",
    details(() => [{ code: "x", message: "x" }]),
    text,
    "error.details must have 0 elements but has 1",
  ],
  [
    "has no details of two faults",
    details(() => undefined),
    faults,
    "error.details must have 2 elements but has 0",
  ],
  [
    "repeats a detail",
    details((all) => [...all, ...all.slice(0, 1)]),
    faults,
    "error.details must have 2 elements but has 3",
  ],
  [
    "lists the same fault twice",
    details((all) => all.map(() => all[0])),
    faults,
    'error.details[1].target must be "x" but is "failedDeviceCount"',
  ],
  [
    "lists the faults in another order",
    details((all) => all.toReversed()),
    faults,
    'error.details[0].target must be "failedDeviceCount" but is "x"',
  ],
  [
    "has details without codes",
    details((all) => all.map((one) => ({ ...Object(one), code: undefined }))),
    faults,
    "error.details[0].code is missing",
  ],
  ["has details that are not an array", details(() => ({})), faults, "error.details must be an array"],
  [
    "responds to a malformed id with 404",
    status(({ path }) => path.endsWith("/nope"), 404),
    "an id that is not a GUID is 400",
    "the status must be 400 but is 404",
  ],
  [
    "leaves Allow out",
    headers(() => ({ allow: undefined })),
    "DELETE is 405 and lists the allowed methods",
    "the header allow is missing",
  ],
  [
    "lists the wrong methods in Allow",
    headers(({ status: given }) => (given === 405 ? { allow: "GET, DELETE" } : {})),
    "DELETE is 405 and lists the allowed methods",
    "the header allow must be GET, HEAD, PATCH, OPTIONS but is GET, DELETE",
  ],
  [
    "leaves WWW-Authenticate out",
    headers(() => ({ "www-authenticate": undefined })),
    "GET without a token is 401",
    "the header www-authenticate is missing",
  ],
  [
    "lets caches keep a summary",
    headers(() => ({ "cache-control": "public, max-age=60" })),
    "GET at the end returns the same, with the common headers",
    "the header cache-control must be private, no-store but is public, max-age=60",
  ],
  [
    "has no body for a GET",
    responses((response, { method }) =>
      method === "GET" && response.status === 200 ? { ...response, body: "" } : response,
    ),
    "GET returns what PATCH returned, with its ETag",
    "the body must be JSON but is ''",
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
