import { expect, test } from "vitest";
import { appId, sampleSummary } from "../../test/samples.ts";
import { judgeOutcome } from "./judge-outcome.ts";

const base = sampleSummary({ failedDeviceCount: 499 });
const patch = { failedDeviceCount: 599, failedUserCount: 1 };
const sent = { base, patch, etag: 'W/"4"' };
const there = { ...base, ...patch };

test("values that are there were applied", () => {
  expect(judgeOutcome(sent, { summary: there, etag: 'W/"5"' })).toBe("applied");
  expect(judgeOutcome(sent, { summary: { ...there, installedUserCount: 7 }, etag: 'W/"9"' })).toBe("applied");
  expect(judgeOutcome({ patch }, { summary: there, etag: undefined })).toBe("applied");
});

test("the version that guards the change says that it was not applied so far", () => {
  expect(judgeOutcome(sent, { summary: base, etag: 'W/"4"' })).toBe("notApplied");
  expect(judgeOutcome({ ...sent, etag: '"4"' }, { summary: base, etag: 'W/"4"' })).toBe("notApplied");
  expect(judgeOutcome({ ...sent, etag: "*" }, { summary: base, etag: 'W/"9"' })).toBe("notApplied");
});

test("another version with other values has overtaken it, even if the counters are as they were", () => {
  const others = { ...base, installedUserCount: 7 };
  expect(judgeOutcome(sent, { summary: others, etag: 'W/"5"' })).toBe("overtaken");
  expect(judgeOutcome(sent, { summary: { ...base, failedDeviceCount: 599 }, etag: 'W/"5"' })).toBe(
    "overtaken",
  );
  expect(judgeOutcome({ patch, etag: 'W/"4"' }, { summary: base, etag: undefined })).toBe("overtaken");
});

test("a version that has other values than the base is that of a store made anew", () => {
  const others = { ...base, installedUserCount: 7 };
  expect(judgeOutcome(sent, { summary: others, etag: 'W/"4"' })).toBe("overtaken");
  expect(judgeOutcome(sent, { summary: { ...others, ...patch }, etag: 'W/"4"' })).toBe("applied");
  expect(judgeOutcome({ patch, etag: 'W/"4"' }, { summary: others, etag: 'W/"4"' })).toBe("notApplied");
});

test("a header that lets several versions through says nothing about their values", () => {
  const others = { ...base, installedUserCount: 7 };
  for (const etag of ["*", 'W/"3", W/"4"']) {
    expect(judgeOutcome({ ...sent, etag }, { summary: others, etag: 'W/"4"' })).toBe("notApplied");
  }
});

test("without ETags the counters of the patch tell", () => {
  const others = { ...base, installedUserCount: 7 };
  expect(judgeOutcome({ base, patch }, { summary: others, etag: undefined })).toBe("notApplied");
  const changed = { ...base, failedDeviceCount: 500 };
  expect(judgeOutcome({ base, patch }, { summary: changed, etag: undefined })).toBe("overtaken");
  expect(judgeOutcome({ patch }, { summary: base, etag: 'W/"9"' })).toBe("notApplied");
});

test("an ETag that is malformed is a fault of the caller", () => {
  const current = { summary: sampleSummary(), etag: 'W/"1"' };
  expect(() => judgeOutcome({ patch, etag: '"a\nb' }, current)).toThrow("malformed");
  expect(current.summary.id).toBe(appId);
});
