import { describe, expect, test } from "vitest";
import { appId, sampleSummary } from "../../../test/samples.ts";
import { isGraphError, type GraphError } from "../../http/graph-error.ts";
import { parsePatch, parsePatchText, safeParsePatch } from "../parse-patch.ts";
import { rebase } from "../rebase.ts";

describe("every fault has a reason for programs", () => {
  test.each([
    ['{"failedDeviceCount":"4"}', "failedDeviceCount", "type"],
    ['{"failedDeviceCount":1.5}', "failedDeviceCount", "type"],
    ['{"failedDeviceCount":[]}', "failedDeviceCount", "type"],
    ['{"@odata.type":"#x"}', "@odata.type", "type"],
    ['{"failedDeviceCount":-1}', "failedDeviceCount", "range"],
    ['{"failedDeviceCount":2147483648}', "failedDeviceCount", "range"],
    ['{"failedDeviceCount":null}', "failedDeviceCount", "null"],
    ['{"failedDevices":1}', "failedDevices", "unknown"],
    ['{"failedDeviceCount":1,"failedDeviceCount":1}', "failedDeviceCount", "duplicate"],
    ['{"id":"another"}', "id", "id"],
  ])("%s: %s is %s", (text, target, reason) => {
    const error = refusal(() => parsePatchText(text, { id: appId }));
    expect(error.faults).toEqual([{ target, reason, message: error.message }]);
    expect(error.details).toEqual([]);
  });

  test("also in edits", () => {
    const edit: object = {
      failedDeviceCount: -1,
      failedUserCount: null,
      installedUserCount: "4",
      x: 1,
      id: "y",
    };
    const error = refusal(() => rebase(sampleSummary(), edit, sampleSummary()));
    expect(error.faults.map(({ target, reason }) => [target, reason])).toEqual([
      ["failedDeviceCount", "range"],
      ["failedUserCount", "null"],
      ["installedUserCount", "type"],
      ["x", "unknown"],
      ["id", "id"],
    ]);
  });

  test("a body that is not a patch at all has none", () => {
    expect(refusal(() => parsePatchText("[]")).faults).toEqual([]);
  });
});

describe("a value whose reading throws is a GraphError", () => {
  test.each<[string, unknown]>([
    ["a revoked proxy", revoked({})],
    ["a revoked proxy of an array", revoked([])],
    ["a member that is a revoked proxy", { failedDeviceCount: revoked({}) }],
    ["a member that is a revoked proxy of an array", { failedDeviceCount: revoked([]) }],
    ["a throwing getter", throwing("failedDeviceCount")],
    ["a getter that throws a revoked proxy", throwing("failedDeviceCount", revoked({}))],
    ["a throwing tag", throwing(Symbol.toStringTag)],
    ["a proxy that refuses its names", new Proxy({}, { ownKeys: () => raise() })],
  ])("%s", (_what, value) => {
    for (const act of [
      () => parsePatch(value),
      () => rebase(sampleSummary(), foreign(value), sampleSummary()),
    ]) {
      expect(refusal(act)).toMatchObject({ status: 400, code: "BadRequest" });
    }
    expect(safeParsePatch(value).success).toBe(false);
  });

  test("a function with a throwing toString", () => {
    const value = { failedDeviceCount: Object.assign(() => 4, { toString: raise }) };
    expect(refusal(() => parsePatch(value)).status).toBe(400);
    const edit = foreign(value);
    expect(refusal(() => rebase(sampleSummary(), edit, sampleSummary())).faults).toMatchObject([
      { target: "failedDeviceCount", reason: "type" },
    ]);
  });
});

function refusal(act: () => unknown): GraphError {
  try {
    act();
  } catch (error) {
    if (isGraphError(error)) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

function foreign(value: unknown): object {
  if (typeof value !== "object" || value === null) throw new Error("not an object");
  return value;
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function throwing(name: string | symbol, thrown: unknown = new Error("no")): unknown {
  return Object.defineProperty({}, name, {
    enumerable: true,
    get() {
      throw thrown;
    },
  });
}

function raise(): never {
  throw new Error("no");
}
