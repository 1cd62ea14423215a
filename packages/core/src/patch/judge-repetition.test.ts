import { expect, test } from "vitest";
import { sampleSummary } from "../../test/samples.ts";
import { judgeRepetition, type RecordedChange } from "./judge-repetition.ts";

const patch = { failedDeviceCount: 599 };
const request = { actor: "anna", clientRequestId: "7c2e", patch };
const change: RecordedChange = {
  actor: "anna",
  clientRequestId: "7c2e",
  before: { failedDeviceCount: 499 },
  after: patch,
};
const current = sampleSummary(patch);

test("the same caller, id and values are a repetition, whatever is there now", () => {
  expect(judgeRepetition(request, [change], current)).toBe("repeated");
  expect(judgeRepetition(request, [change], sampleSummary({ failedDeviceCount: 600 }))).toBe("repeated");
});

test.each<[string, Partial<RecordedChange>]>([
  ["under another id", { clientRequestId: "7C2E" }],
  ["without an id", { clientRequestId: undefined }],
  ["to another value", { after: { failedDeviceCount: 600 } }],
  ["of another counter too", { after: { ...patch, failedUserCount: 1 } }],
  ["of another counter", { after: { failedUserCount: 1 } }],
])("a change %s says that the request was not applied", (_what, other) => {
  expect(judgeRepetition(request, [{ ...change, ...other }], current)).toBe("notApplied");
});

test("the same id of another caller tells nothing: that may be one person under two accounts, or two people", () => {
  expect(judgeRepetition(request, [{ ...change, actor: "bert" }], current)).toBe("unknown");
});

test("a counter that already had its value is judged by what is there now", () => {
  const whole = { ...request, patch: { ...patch, failedUserCount: current.failedUserCount } };
  expect(judgeRepetition(whole, [change], current)).toBe("repeated");
  expect(judgeRepetition(whole, [change], { ...current, failedUserCount: 99 })).toBe("unknown");
});

test("several versions are named: one change is enough, and all must be recorded to say no", () => {
  const other = { ...change, clientRequestId: "other" };
  expect(judgeRepetition(request, [other, change], current)).toBe("repeated");
  expect(judgeRepetition(request, [undefined, change], current)).toBe("repeated");
  expect(judgeRepetition(request, [other, other], current)).toBe("notApplied");
  expect(judgeRepetition(request, [other, undefined], current)).toBe("unknown");
});

test("without an id, a version or a record nothing can be told", () => {
  expect(judgeRepetition({ ...request, clientRequestId: undefined }, [change], current)).toBe("unknown");
  expect(judgeRepetition(request, [], current)).toBe("unknown");
  expect(judgeRepetition(request, [undefined], current)).toBe("unknown");
});
