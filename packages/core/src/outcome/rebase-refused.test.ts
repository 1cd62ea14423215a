import { describe, expect, test } from "vitest";
import { sampleSummary } from "../../test/samples.ts";
import { rebaseRefused } from "./rebase-refused.ts";

const base = sampleSummary({ failedDeviceCount: 499, failedUserCount: 7 });
const there = sampleSummary({ failedDeviceCount: 599, failedUserCount: 7 });
const added = { base, edit: { failedDeviceCount: { add: 100 } }, patch: { failedDeviceCount: 599 } };
const nothingLeft = { patch: {}, conflicts: [] };

describe("a 412 that the server has looked up", () => {
  const failure = { notApplied: true };

  test("adds an amount on top of the same values of someone else", () => {
    expect(rebaseRefused({ ...added, failure }, there)).toEqual({
      patch: { failedDeviceCount: 699 },
      conflicts: [],
    });
  });

  test("leaves nothing to do where someone else has set the value", () => {
    const set = { ...added, edit: { failedDeviceCount: 599 }, failure };
    expect(rebaseRefused(set, there)).toEqual(nothingLeft);
  });
});

describe("any other 412", () => {
  const failure = {};

  test("adds nothing where the values that were sent are there, also beside other changes", () => {
    expect(rebaseRefused({ ...added, failure }, there)).toEqual(nothingLeft);
    expect(rebaseRefused({ ...added, failure }, { ...there, failedUserCount: 8 })).toEqual(nothingLeft);
  });

  test("is an ordinary one where one of the values is not there", () => {
    const both = {
      ...added,
      edit: { failedDeviceCount: { add: 100 }, failedUserCount: 0 },
      patch: { failedDeviceCount: 599, failedUserCount: 0 },
      failure,
    };
    expect(rebaseRefused(both, there)).toEqual({
      patch: { failedDeviceCount: 699, failedUserCount: 0 },
      conflicts: [],
    });
    expect(rebaseRefused({ ...added, failure }, { ...base, failedDeviceCount: 500 }).patch).toEqual({
      failedDeviceCount: 600,
    });
    expect(rebaseRefused(both, { ...base, failedUserCount: 9 }).conflicts).toHaveLength(1);
  });
});
