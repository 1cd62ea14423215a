import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  counterNames,
  GraphError,
  graphError,
  isGraphError,
  parsePatch,
  parsePatchText,
  readGraphError,
  safeParsePatch,
  type GraphErrorInit,
} from "../src/index.ts";
import { isEditConflictError, isNoResponseError } from "../src/client/index.ts";
import { appId } from "./samples.ts";

const wrongValues = fc.oneof(
  fc.constantFrom(null, true, "4", "x' cannot be null", -1, 2_147_483_648, 1.5, Number.NaN, [], {}, 7n),
  fc.double(),
);
const names = fc.constantFrom(
  ...counterNames,
  "id",
  "@odata.type",
  "failedDevicesCount",
  "x",
  "The property",
);
const patches = fc.dictionary(names, wrongValues, { maxKeys: 8 });
const texts = fc.option(fc.string(), { nil: undefined });
const inits: fc.Arbitrary<GraphErrorInit> = fc.record({
  status: fc.integer({ min: 400, max: 599 }),
  code: fc.string({ minLength: 1 }),
  message: fc.string(),
  innerCode: texts.map((text) => (text === "" ? undefined : text)),
  target: texts.map((text) => (text === "" ? undefined : text)),
  requestId: texts.map((text) => (text === "" ? undefined : text)),
  retryAfter: fc.option(fc.nat(), { nil: undefined }),
});

describe("for all patches with faults", () => {
  test("each fault has its member, a reason and a sentence, one fault as many", () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const { error } = safeParsePatch(patch, { id: appId });
        if (error === undefined) return;
        const listed = error.details.length === 0 ? [error] : error.details;
        expect(error.faults.map(({ target, message }) => [target, message])).toEqual(
          listed.map(({ target, message }) => [target, message]),
        );
      }),
    );
  });

  test("the error is read back from its JSON with the reasons of its faults", () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const { error } = safeParsePatch(patch, { id: appId });
        if (error === undefined) return;
        expect(fieldsOf(readGraphError(error.toJSON(), error))).toEqual(fieldsOf(error));
        expect(fieldsOf(readGraphError(JSON.stringify(error), error))).toEqual(fieldsOf(error));
        expect(fieldsOf(readGraphError(structuredClone(error.toJSON()), error))).toEqual(fieldsOf(error));
      }),
    );
  });

  test("a structured clone of the error is a GraphError with all its fields", () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const { error } = safeParsePatch(patch, { id: appId });
        if (error === undefined) return;
        const clone: unknown = structuredClone(error);
        expect(isGraphError(clone, error.code)).toBe(true);
        expect(clone).toBeInstanceOf(GraphError);
        expect(fieldsOf(clone)).toEqual(fieldsOf(error));
        expect(JSON.stringify(clone)).toBe(JSON.stringify(error));
      }),
    );
  });
});

test("every error is read back from its body and its head, and from its structured clone", () => {
  fc.assert(
    fc.property(inits, (init) => {
      const error = new GraphError(init);
      const { retryAfter } = error;
      const headers = new Headers(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) });
      const read = readGraphError(JSON.parse(JSON.stringify(error)), { status: error.status, headers });
      expect({ ...fieldsOf(read), faults: [] }).toEqual(fieldsOf(error));
      const clone: unknown = structuredClone(error);
      expect(isGraphError(clone)).toBe(true);
      expect(fieldsOf(clone)).toEqual(fieldsOf(error));
    }),
  );
});

describe("Node prints each field of an error once", () => {
  const error = graphError("PreconditionFailed", "It has changed.", { requestId: "r1", target: "id" });

  test.each<[string, () => unknown]>([
    ["as it was made", () => error],
    ["as a structured clone", () => revived(structuredClone(error))],
    ["as the cause of another error", () => new Error("outer", { cause: error })],
    ["inside an object", () => ({ error })],
  ])("%s", (_how, make) => {
    const printed = inspect(make());
    for (const part of ["It has changed.", "status: 412", "requestId: 'r1'", "target: 'id'"]) {
      expect(printed.split(part)).toHaveLength(2);
    }
    expect(printed).toMatch(/GraphError: It has changed\.\n +at /);
    expect(printed).not.toContain("graphError:");
  });

  test("with its cause, where it was given one", () => {
    const printed = inspect(graphError("BadRequest", "No.", { cause: new TypeError("inner") }));
    expect(printed).toContain("[cause]: TypeError: inner");
    expect(printed.split("status: 400")).toHaveLength(2);
  });
});

test("errors are recognised after postMessage", async () => {
  const { port1, port2 } = new MessageChannel();
  const received = new Promise<unknown>((resolve) => {
    port1.addEventListener("message", ({ data }) => resolve(data));
  });
  port1.start();
  port2.postMessage(failureOf(() => parsePatch({ failedDeviceCount: -1 })));
  expect(isGraphError(await received, "ModelValidationFailure")).toBe(true);
  expect(await received).toMatchObject({ faults: [{ target: "failedDeviceCount", reason: "range" }] });
  port1.close();
});

test.each<[string, (value: unknown) => boolean, string]>([
  ["GraphError", isGraphError, '{ status: 412, code: "PreconditionFailed" }'],
  ["EditConflictError", isEditConflictError, "{ conflicts: [], current: {} }"],
  ["NetworkError", isNoResponseError, "{}"],
  ["TimeoutError", isNoResponseError, "{}"],
])("a %s of another realm is recognised", (name, guard, fields) => {
  const foreign: unknown = runInNewContext(
    `Object.assign(new Error("No."), { name: ${JSON.stringify(name)} }, ${fields})`,
  );
  expect(foreign).not.toBeInstanceOf(Error);
  expect(guard(foreign)).toBe(true);
});

test("the reason of your own signal is not taken for a missing response", async () => {
  const signal = AbortSignal.timeout(1);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  expect(signal.reason.name).toBe("TimeoutError");
  expect(isNoResponseError(signal.reason)).toBe(false);
});

describe("a body that is not Graph's", () => {
  test.each<[unknown, number, string]>([
    ["<h1>Bad gateway</h1>", 502, "UnknownError"],
    [undefined, 404, "ResourceNotFound"],
    [{ error: "invalid_token" }, 401, "InvalidAuthenticationToken"],
    [{ error: { code: 7, message: "No." } }, 400, "BadRequest"],
    [{ error: { code: "X" } }, 599, "UnknownError"],
    [null, 500, "InternalServerError"],
  ])("%j with %i is %s", (body, status, code) => {
    const error = readGraphError(body, { status, headers: { "Request-Id": "r1", "Retry-After": "7" } });
    expect(error).toMatchObject({ status, code, requestId: "r1", retryAfter: 7, faults: [] });
    expect(error.message).toContain(String(status));
  });

  test("a Response is its own head", async () => {
    const body = { error: { code: "Forbidden", message: "No.", innerError: { "request-id": "r2" } } };
    const response = Response.json(body, { status: 403 });
    expect(readGraphError(await response.json(), response)).toMatchObject({
      status: 403,
      code: "Forbidden",
      message: "No.",
      requestId: "r2",
    });
  });
});

test("a repeated name has the reason duplicate, also read back", () => {
  const error = failureOf(() => parsePatchText('{"failedUserCount":1,"failedUserCount":2}'));
  const expected = [{ target: "failedUserCount", reason: "duplicate" }];
  expect(error).toMatchObject({ faults: expected });
  expect(readGraphError(JSON.stringify(error), { status: 400 })).toMatchObject({ faults: expected });
});

function revived(clone: unknown): unknown {
  expect(isGraphError(clone)).toBe(true);
  return clone;
}

function failureOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("it went well");
}

function fieldsOf(error: unknown): object {
  if (!isGraphError(error)) throw new Error("not a GraphError");
  const { status, code, message, innerCode, target, details, faults, requestId, retryAfter } = error;
  return { status, code, message, innerCode, target, details, faults, requestId, retryAfter };
}
