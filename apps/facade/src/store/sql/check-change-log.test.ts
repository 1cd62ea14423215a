import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { checkChangeLog, type LogRow, type StoreHistory, type SummaryEnd } from "./check-change-log.ts";

const tenantId = "t";
const allOf = (value: number): InstallSummaryPatch =>
  Object.fromEntries(counterNames.map((name) => [name, value]));

function change(of: Partial<LogRow> & { readonly sequence: number }): LogRow {
  return { tenantId, previousSequence: null, appId: "a", version: 1, before: "{}", after: "{}", ...of };
}

const created = change({ sequence: 1, after: JSON.stringify(allOf(1)) });
const other = change({ sequence: 2, appId: "b", after: JSON.stringify(allOf(5)) });
const second = change({
  sequence: 3,
  previousSequence: 1,
  version: 2,
  before: '{"failedDeviceCount":1}',
  after: '{"failedDeviceCount":2}',
});
const third = change({
  sequence: 4,
  previousSequence: 3,
  version: 3,
  before: '{"failedDeviceCount":2,"failedUserCount":1}',
  after: '{"failedDeviceCount":7,"failedUserCount":0}',
});
const endOfA: SummaryEnd = {
  tenantId,
  appId: "a",
  version: 3,
  changeSequence: 4,
  counters: { ...allOf(1), failedDeviceCount: 7, failedUserCount: 0 },
};
const endOfB: SummaryEnd = { tenantId, appId: "b", version: 1, changeSequence: 2, counters: allOf(5) };

const whole: StoreHistory = {
  changes: [created, other, second, third],
  summaries: [endOfA, endOfB],
  erased: [],
  lastSequences: new Map([[tenantId, 4]]),
};

function faultsOf(broken: Partial<StoreHistory>): readonly string[] {
  return [...checkChangeLog({ ...whole, ...broken })];
}

test("a whole log has no fault, and neither has an empty store", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ changes: [], summaries: [], lastSequences: new Map() })).toEqual([]);
});

test("the oldest changes may have been removed, one after the other, and all of them", () => {
  expect(faultsOf({ changes: [other, second, third] })).toEqual([]);
  expect(faultsOf({ changes: [second, third] })).toEqual([]);
  expect(faultsOf({ changes: [third] })).toEqual([]);
  expect(faultsOf({ changes: [] })).toEqual([]);
});

test("where the oldest were removed, a summary that the others do not come to is still found", () => {
  const counters = { ...endOfA.counters, failedDeviceCount: 8 };
  expect(faultsOf({ changes: [third], summaries: [{ ...endOfA, counters }, endOfB] })).toEqual([
    "The summary of app a in tenant t has failedDeviceCount 8; the changes before come to 7.",
  ]);
});

test.each<[what: string, broken: Partial<StoreHistory>, told: string]>([
  [
    "a change in the middle is missing",
    { changes: [created, other, third] },
    "Change 4 of app a in tenant t makes version 3 after change 3; the one before it is version 1 by change 1.",
  ],
  [
    "the last change of an app is missing",
    { changes: [created, other, second] },
    "The summary of app a in tenant t has version 3 by change 4; its log ends with version 2 by change 3.",
  ],
  [
    "the only change of an app is missing",
    { changes: [created, second, third] },
    "The summary of app b in tenant t comes from change 2, which is not in the log.",
  ],
  [
    "the first change of an app is missing while older ones are there",
    {
      changes: [{ ...other, sequence: 1 }, second, third],
      summaries: [endOfA, { ...endOfB, changeSequence: 1 }],
    },
    "Change 3 of app a in tenant t makes version 2 after change 1; the one before it is none.",
  ],
  [
    "a version comes twice",
    { changes: [created, other, second, { ...third, version: 2 }] },
    "Change 4 of app a in tenant t makes version 2 after change 3; the one before it is version 2 by change 3.",
  ],
  [
    "a change begins with another value",
    {
      changes: [created, other, second, { ...third, before: '{"failedDeviceCount":3,"failedUserCount":1}' }],
    },
    "Change 4 of app a in tenant t begins with failedDeviceCount 3; the changes before come to 2.",
  ],
  [
    "a change does not say what was before",
    { changes: [created, other, second, { ...third, before: '{"failedDeviceCount":2}' }] },
    "Change 4 of app a in tenant t begins with failedUserCount missing; the changes before come to 1.",
  ],
  [
    "a counter of the summary is another",
    { summaries: [endOfA, { ...endOfB, counters: { ...allOf(5), installedUserCount: 6 } }] },
    "The summary of app b in tenant t has installedUserCount 6; the changes before come to 5.",
  ],
  [
    "the summary has another version",
    { summaries: [endOfA, { ...endOfB, version: 2 }] },
    "The summary of app b in tenant t has version 2 by change 2; its log ends with version 1 by change 2.",
  ],
  [
    "the summary names another change",
    { summaries: [endOfA, { ...endOfB, changeSequence: null }] },
    "The summary of app b in tenant t has version 1 by change none; its log ends with version 1 by change 2.",
  ],
  [
    "a summary is missing",
    { summaries: [endOfA] },
    "The app b of tenant t has changes up to 2 and no summary.",
  ],
  [
    "the counters of a change are not JSON",
    { changes: [created, { ...other, after: "{" }, second, third] },
    "Change 2 of app b in tenant t does not hold counters as JSON.",
  ],
  [
    "an app begins without all counters",
    { changes: [created, { ...other, after: '{"failedDeviceCount":5}' }, second, third] },
    "Change 2 of app b in tenant t begins an app without all of its counters.",
  ],
  [
    "an app begins a second time",
    { changes: [created, other, second, { ...third, before: "{}", after: JSON.stringify(endOfA.counters) }] },
    "Change 4 of app a in tenant t begins an app that was there already.",
  ],
  [
    "the last sequence is noted too low",
    { lastSequences: new Map([[tenantId, 3]]) },
    "The change log of tenant t ends with 4, and 3 is noted as its last: sequences would come twice.",
  ],
])("it is told when %s", (_, broken, told) => {
  expect(faultsOf(broken)).toContain(told);
});

test("an erased app keeps its log, may come again above it, and is told where its end is another", () => {
  const erased = { tenantId, appId: "b", version: 1, changeSequence: 2 };
  expect(faultsOf({ summaries: [endOfA], erased: [erased] })).toEqual([]);
  expect(faultsOf({ summaries: [endOfA], erased: [{ ...erased, version: 2 }] })).toHaveLength(1);
  const again = change({ sequence: 5, previousSequence: 2, appId: "b", version: 2, after: other.after });
  const history = {
    changes: [created, other, second, third, again],
    summaries: [endOfA, { ...endOfB, version: 2, changeSequence: 5 }],
    lastSequences: new Map([[tenantId, 5]]),
  };
  expect(faultsOf({ ...history, erased: [erased] })).toEqual([]);
  expect(faultsOf(history)).toEqual(["Change 5 of app b in tenant t begins an app that was there already."]);
});
