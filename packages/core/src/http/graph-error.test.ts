import { expect, test } from "vitest";
import { graphErrorBody } from "./graph-error-body.ts";
import { graphErrorStatus } from "./graph-error-code.ts";
import { GraphError, graphError, isGraphError } from "./graph-error.ts";
import { readGraphError } from "./read-graph-error.ts";

test("the status follows from the code", () => {
  expect(graphError("ResourceNotFound", "No.").status).toBe(404);
  expect(graphError("ModelValidationFailure", "No.").status).toBe(400);
});

test("every code is PascalCase and has an error status", () => {
  for (const [code, status] of Object.entries(graphErrorStatus)) {
    expect(code).toMatch(/^(?:[A-Z][a-z]+)+$/);
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

test("one fault is the error itself", () => {
  const error = graphError("ModelValidationFailure", "It is wrong.", { target: "failedDeviceCount" });
  const context = { date: new Date("2023-06-23T12:19:44.123Z"), requestId: "r", clientRequestId: "c" };
  expect(graphErrorBody(error, context)).toEqual({
    error: {
      code: "ModelValidationFailure",
      message: "It is wrong.",
      target: "failedDeviceCount",
      innerError: {
        message: "It is wrong.",
        date: "2023-06-23T12:19:44",
        "request-id": "r",
        "client-request-id": "c",
      },
    },
  });
});

test("several faults are in the details", () => {
  const details = [{ code: "ModelValidationFailure", message: "a" }];
  expect(graphErrorBody(graphError("ModelValidationFailure", "a", { details })).error.details).toEqual(
    details,
  );
});

test("only a validation failure repeats its message inside", () => {
  expect(graphError("BadRequest", "It is wrong.", { innerCode: "malformedEntityTag" }).toJSON()).toEqual({
    error: { code: "BadRequest", message: "It is wrong.", innerError: { code: "malformedEntityTag" } },
  });
});

test("its JSON has the request's id", () => {
  const error = new GraphError({ status: 404, code: "ResourceNotFound", message: "No.", requestId: "r" });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    error: { code: "ResourceNotFound", message: "No.", innerError: { "request-id": "r" } },
  });
});

test("what was not given is not a property of the error", () => {
  expect(Object.keys(graphError("BadRequest", "No.")).toSorted()).toEqual([
    "code",
    "details",
    "faults",
    "name",
    "status",
  ]);
});

test.each<[string, unknown]>([
  ["a revoked proxy", revoked()],
  ["an error with a throwing name", thrower()],
  ["a frozen error", Object.freeze(new Error("No.", { cause: { graphError: { code: "X", status: 400 } } }))],
  ["an error with another record", new Error("No.", { cause: { graphError: 7 } })],
  ["an abort", new DOMException("No.", "GraphError")],
])("%s is not a GraphError, and asking never throws", (_what, value) => {
  expect(isGraphError(value)).toBe(false);
});

test("a GraphError is recognised, with its code, also from another copy of the package", () => {
  const error = graphError("PreconditionFailed", "No.");
  const foreign = Object.assign(new Error("No."), {
    name: "GraphError",
    status: 412,
    code: "PreconditionFailed",
  });
  for (const one of [error, foreign]) {
    expect(isGraphError(one)).toBe(true);
    expect(isGraphError(one, "PreconditionFailed")).toBe(true);
    expect(isGraphError(one, "BadRequest")).toBe(false);
  }
  for (const other of [
    new Error("No."),
    new TypeError("No."),
    { name: "GraphError" },
    undefined,
    null,
    "No.",
  ]) {
    expect(isGraphError(other)).toBe(false);
  }
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function thrower(): unknown {
  return Object.defineProperty(new Error("No."), "name", {
    get() {
      throw new Error("no name");
    },
  });
}

test.each([
  [412, 'W/"8"', 'W/"8"'],
  [412, 'W/"8-gzip"', 'W/"8"'],
  [412, "*", undefined],
  [412, 'W/"8', undefined],
  [428, 'W/"8"', undefined],
])("a %i with the ETag %s tells %s as the current one", (status, etag, told) => {
  const body = { error: { code: "PreconditionFailed", message: "No." } };
  for (const headers of [{ ETag: etag }, new Headers({ etag })]) {
    expect(readGraphError(body, { status, headers }).currentETag).toBe(told);
    expect(readGraphError("", { status, headers }).currentETag).toBe(told);
  }
});
