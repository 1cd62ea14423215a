import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import { checkChangeLog, type LogRow, type StoreHistory, type SummaryEnd } from "./check-change-log.ts";
import type { Feed } from "./feed.ts";

const tenantId = "t";
const allOf = (value: number): InstallSummaryPatch =>
  Object.fromEntries(counterNames.map((name) => [name, value]));

function change(of: Partial<LogRow> & { readonly sequence: number }): LogRow {
  return {
    tenantId,
    previousSequence: null,
    appId: "a",
    version: 1,
    origin: "api",
    before: "{}",
    after: "{}",
    ...of,
  };
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
  feeds: feedOf({}),
};

function feedOf(feed: Partial<Feed>): ReadonlyMap<string, Feed> {
  return new Map([[tenantId, { last: 4, removed: 0, erasedVersion: 0, ...feed }]]);
}

function faultsOf(broken: Partial<StoreHistory>): readonly string[] {
  return [...checkChangeLog({ ...whole, ...broken })];
}

test("a whole log has no fault, and neither has an empty store", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ changes: [], summaries: [], feeds: new Map() })).toEqual([]);
});

test("the oldest changes may have been removed, one after the other, and all of them", () => {
  const { changes } = { changes: [created, other, second, third] };
  for (const removed of [1, 2, 3, 4]) {
    expect(faultsOf({ changes: changes.slice(removed), feeds: feedOf({ removed }) })).toEqual([]);
    expect(
      faultsOf({ changes: changes.slice(removed), feeds: feedOf({ removed: removed - 1 }) }),
    ).not.toEqual([]);
  }
});

test("where the oldest were removed, a summary that the others do not come to is still found", () => {
  const counters = { ...endOfA.counters, failedDeviceCount: 8 };
  const broken = {
    changes: [third],
    summaries: [{ ...endOfA, counters }, endOfB],
    feeds: feedOf({ removed: 3 }),
  };
  expect(faultsOf(broken)).toEqual([
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
    { feeds: feedOf({ last: 3 }) },
    "The change log of tenant t ends with 4, and 3 is noted as its last: sequences would come twice.",
  ],
  [
    "a change is there that is noted as removed",
    { feeds: feedOf({ removed: 1 }) },
    "Change 1 of app a in tenant t is there, and 1 is noted as the last that was removed.",
  ],
  [
    "a new app begins with a version that is neither 1 nor above an erased one",
    { changes: [created, { ...other, version: 2 }, second, third] },
    "Change 2 of app b in tenant t makes version 2 after change none; the one before it is none.",
  ],
])("it is told when %s", (_, broken, told) => {
  expect(faultsOf(broken)).toContain(told);
});

test("an app that comes again after it was erased begins above the versions that were erased", () => {
  const again = change({ sequence: 5, appId: "b", version: 6, after: other.after });
  const history = { changes: [again], summaries: [{ ...endOfB, version: 6, changeSequence: 5 }] };
  const feed = { last: 5, removed: 4, erasedVersion: 5 };
  expect(faultsOf({ ...history, feeds: feedOf(feed) })).toEqual([]);
  expect(faultsOf({ ...history, feeds: feedOf({ ...feed, erasedVersion: 4 }) })).toEqual([
    "Change 5 of app b in tenant t makes version 6 after change none; the one before it is none.",
  ]);
});

test("the log of an app that an older version of this program erased may be there", () => {
  const feeds = feedOf({ last: 5, erasedVersion: 1 });
  expect(faultsOf({ summaries: [endOfA], feeds })).toEqual([]);
  expect(faultsOf({ summaries: [endOfA], feeds: feedOf({}) })).toHaveLength(1);
  const again = change({ sequence: 5, appId: "b", version: 2, after: other.after });
  const history = {
    changes: [created, other, second, third, again],
    summaries: [endOfA, { ...endOfB, version: 2, changeSequence: 5 }],
  };
  expect(faultsOf({ ...history, feeds })).toEqual([]);
});

const restored = change({ sequence: 9, previousSequence: 4, version: 1003, origin: "restore" });
const endOfRestored: SummaryEnd = { ...endOfA, version: 1003, changeSequence: 9 };

test("a restore takes the version of an app up, and leaves its counters", () => {
  const history = { summaries: [endOfRestored, endOfB], feeds: feedOf({ last: 9, erasedVersion: 1000 }) };
  const faults = (of: Partial<LogRow>, earlier: readonly LogRow[] = [created, other, second, third]) =>
    faultsOf({ ...history, changes: [...earlier, { ...restored, ...of }] });
  expect(faults({})).toEqual([]);
  expect(faultsOf({ ...history, changes: [restored], feeds: feedOf({ last: 9, removed: 4 }) })).toEqual([]);
  const next = change({
    sequence: 10,
    previousSequence: 9,
    version: 1004,
    before: '{"failedDeviceCount":7}',
    after: '{"failedDeviceCount":8}',
  });
  const summaries = [
    {
      ...endOfRestored,
      version: 1004,
      changeSequence: 10,
      counters: { ...endOfA.counters, failedDeviceCount: 8 },
    },
    endOfB,
  ];
  const changes = [created, other, second, third, restored, next];
  expect(faultsOf({ changes, summaries, feeds: feedOf({ last: 10, erasedVersion: 1000 }) })).toEqual([]);
  expect(faults({ version: 3 })).toContain(
    "Change 9 of app a in tenant t makes version 3 after change 4; the one before it is version 3 by change 4.",
  );
  expect(faults({ previousSequence: 3 })).toContain(
    "Change 9 of app a in tenant t makes version 1003 after change 3; the one before it is version 3 by change 4.",
  );
  expect(faults({ after: '{"failedDeviceCount":8}' })).toContain(
    "Change 9 of app a in tenant t is a restore, which changes no counters, and names some.",
  );
  expect(faults({}, [created, other, second])).toContain(
    "Change 9 of app a in tenant t makes version 1003 after change 4; the one before it is version 2 by change 3.",
  );
});
