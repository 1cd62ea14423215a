import { counterNames, type InstallSummaryPatch } from "@install-summary/core";
import { expect, test } from "vitest";
import type { FollowedLog, History, SeenApp, SentChange } from "../history/history.ts";
import { checkHistory } from "./check-history.ts";
import type { LoggedChange, StoreEnd } from "./end.ts";
import type { Rule } from "./fault.ts";

// Two apps are imported at 0 to 1 as versions 1. Then app a gets version 2 at 2 to 3 and version 3 at 5 to 6, of which no
// response came, and app b gets version 2 at 4 to 5.

const allOf = (value: number): InstallSummaryPatch =>
  Object.fromEntries(counterNames.map((name) => [name, value]));

function sent(of: Pick<SentChange, "appId" | "stamp" | "start" | "end"> & Partial<SentChange>): SentChange {
  const { stamp } = of;
  return {
    patch: { installedDeviceCount: stamp },
    outcome: "acknowledged",
    told: "PATCH 200",
    requestId: `r${stamp}`,
    ...of,
  };
}

function logged(of: Pick<LoggedChange, "appId" | "version" | "before" | "after">): LoggedChange {
  return { requestId: `r${of.after.installedDeviceCount}`, ...of };
}

function seen(of: Pick<SeenApp, "appId" | "start" | "end" | "version"> & Partial<SeenApp>): SeenApp {
  return { told: "GET 200", ...of };
}

const importedA = sent({
  appId: "a",
  stamp: 1,
  start: 0,
  end: 1,
  patch: { ...allOf(7), installedDeviceCount: 1 },
});
const importedB = sent({
  appId: "b",
  stamp: 2,
  start: 0,
  end: 1,
  patch: { ...allOf(7), installedDeviceCount: 2 },
});
const secondA = sent({ appId: "a", stamp: 3, start: 2, end: 3, version: 2, ifMatch: 1 });
const secondB = sent({ appId: "b", stamp: 4, start: 4, end: 5, version: 2 });
const thirdA = sent({ appId: "a", stamp: 5, start: 5, end: 6, outcome: "unknown", told: "PATCH timeout" });
const refusedA = sent({ appId: "a", stamp: 6, start: 6, end: 7, outcome: "refused", told: "PATCH 412" });

const log: readonly LoggedChange[] = [
  logged({ appId: "a", version: 1, before: {}, after: importedA.patch }),
  logged({ appId: "b", version: 1, before: {}, after: importedB.patch }),
  logged({ appId: "a", version: 2, before: { installedDeviceCount: 1 }, after: { installedDeviceCount: 3 } }),
  logged({ appId: "b", version: 2, before: { installedDeviceCount: 2 }, after: { installedDeviceCount: 4 } }),
  logged({ appId: "a", version: 3, before: { installedDeviceCount: 3 }, after: { installedDeviceCount: 5 } }),
];

const reader: FollowedLog = {
  name: "by pages 1",
  begin: 1,
  changes: log.slice(1).map(({ appId, version }) => ({ appId, version })),
  ends: [
    { start: 1.5, count: 1 },
    { start: 3.5, count: 2 },
    { start: 9, count: 4 },
  ],
  isComplete: true,
};

const changes = [importedA, importedB, secondA, secondB, thirdA, refusedA];
const reads = [
  seen({ appId: "a", start: 0.5, end: 2.5, version: 1, counters: importedA.patch }),
  seen({ appId: "a", start: 2.5, end: 3.5, version: 2, counters: { ...allOf(7), installedDeviceCount: 3 } }),
  seen({ appId: "a", start: 8, end: 9, version: 3 }),
];

const responses = new Map([
  ["PATCH 200", 4],
  ["PATCH timeout", 1],
  ["PATCH 412", 1],
  ["GET 503", 2],
]);

const end: StoreEnd = {
  log,
  summaries: new Map([
    ["a", { version: 3, counters: { ...allOf(7), installedDeviceCount: 5 } }],
    ["b", { version: 2, counters: { ...allOf(7), installedDeviceCount: 4 } }],
  ]),
};

function faultsOf(history: Partial<History>, changedEnd: Partial<StoreEnd> = {}) {
  return checkHistory(
    { changes, seen: reads, followed: [reader], responses, ...history },
    { ...end, ...changedEnd },
  );
}

test("a right history has no fault, and neither has an empty one", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ changes: [], seen: [], followed: [] }, { log: [], summaries: new Map() })).toEqual([]);
});

test("what others have in the store is left alone", () => {
  const other = logged({ appId: "c", version: 8, before: {}, after: { installedDeviceCount: 3 } });
  const summaries = new Map([...end.summaries, ["d", { version: 1, counters: {} }]]);
  expect(faultsOf({}, { log: [other, ...log], summaries })).toEqual([]);
});

test("a change without a response may be missing", () => {
  const summaries = new Map(end.summaries).set("a", {
    version: 2,
    counters: { ...allOf(7), installedDeviceCount: 3 },
  });
  const followed = [{ ...reader, changes: reader.changes.slice(0, -1), ends: [] }];
  const history = { seen: reads.slice(0, 2), followed };
  expect(faultsOf(history, { log: log.slice(0, -1), summaries })).toEqual([]);
});

/** The log without a change, with the later versions of its app one lower: what a log looks like that lost it cleanly. */
function withoutSecondA(): StoreEnd {
  const rest = [log[0], log[1], log[3]].filter((change) => change !== undefined);
  const third = logged({
    appId: "a",
    version: 2,
    before: { installedDeviceCount: 1 },
    after: { installedDeviceCount: 5 },
  });
  const summaries = new Map(end.summaries).set("a", {
    version: 2,
    counters: { ...allOf(7), installedDeviceCount: 5 },
  });
  return { log: [...rest, third], summaries };
}

/** A log with other changes of app a after its first one, in its place for the whole log. */
function logOfA(...later: readonly LoggedChange[]): StoreEnd["log"] {
  return [...log.slice(0, 2), ...later, ...log.slice(3, 4)];
}

const at = (place: number): LoggedChange => {
  const change = log[place];
  if (change === undefined) throw new Error(`The log has no place ${place}.`);
  return change;
};

const change = (place: number, of: Partial<LoggedChange>): StoreEnd["log"] =>
  log.map((one, index) => (index === place ? { ...one, ...of } : one));

test.each<[what: string, rule: Rule, history: Partial<History>, end: Partial<StoreEnd>, told: string]>([
  [
    "an acknowledged change is missing, and what is left fits together",
    "lost",
    { seen: [], followed: [] },
    withoutSecondA(),
    "The change 3 of app a was acknowledged as version 2 and is not in the log: PATCH 200.",
  ],
  [
    "the log holds a change that was not sent",
    "unsent",
    { changes: changes.filter((one) => one !== thirdA) },
    {},
    "Version 3 of app a was sent by no request: its installedDeviceCount is 5.",
  ],
  [
    "the log holds a change of another app",
    "unsent",
    { changes: [...changes.filter((one) => one !== thirdA), { ...thirdA, appId: "b" }] },
    {},
    "Version 3 of app a was sent by no request: its installedDeviceCount is 5.",
  ],
  [
    "the log holds a change that was refused",
    "unsent",
    { changes: changes.map((one) => (one === thirdA ? { ...one, outcome: "refused" } : one)) },
    {},
    "Version 3 of app a was refused: PATCH timeout.",
  ],
  [
    "a change was applied twice",
    "unsent",
    {},
    { log: [...log, { ...at(4), version: 4, before: { installedDeviceCount: 5 } }] },
    "Version 4 of app a is the change that version 3 was already: PATCH timeout.",
  ],
  [
    "a version is missing",
    "log",
    {},
    { log: logOfA(at(4)) },
    "The log has version 3 of app a after version 1.",
  ],
  [
    "a change begins with what was not there",
    "log",
    {},
    { log: change(4, { before: { installedDeviceCount: 1 } }) },
    "Version 3 of app a begins with installedDeviceCount 1; it was 3.",
  ],
  [
    "a summary has another counter than its log",
    "log",
    {},
    { summaries: new Map(end.summaries).set("b", { version: 2, counters: allOf(7) }) },
    "The summary of app b has installedDeviceCount 7; its log comes to 4.",
  ],
  [
    "a summary has another version than its log",
    "log",
    {},
    {
      summaries: new Map(end.summaries).set("b", {
        version: 3,
        counters: { ...allOf(7), installedDeviceCount: 4 },
      }),
    },
    "The summary of app b has version 3; its log ends with version 2.",
  ],
  [
    "a summary is missing",
    "log",
    {},
    { summaries: new Map([...end.summaries].filter(([appId]) => appId !== "b")) },
    "App b has a log and no summary.",
  ],
  [
    "the log is missing",
    "log",
    {},
    { log: log.filter(({ appId }) => appId !== "b") },
    "The summary of app b has version 2; its log ends with version 0.",
  ],
  [
    "a change has another value than was sent",
    "log",
    {
      changes: changes.map((one) =>
        one === thirdA ? { ...one, patch: { ...one.patch, failedUserCount: 9 } } : one,
      ),
    },
    {},
    "Version 3 of app a has failedUserCount 7; 9 was sent.",
  ],
  [
    "a change has a counter that was not sent",
    "log",
    {},
    {
      log: change(3, {
        before: { installedDeviceCount: 2, failedUserCount: 7 },
        after: { installedDeviceCount: 4, failedUserCount: 9 },
      }),
    },
    "Version 2 of app b changes failedUserCount, which was not sent.",
  ],
  [
    "a change is logged under another request",
    "log",
    {},
    { log: change(2, { requestId: "r9" }) },
    "Version 2 of app a has the requestId r9; it was r3.",
  ],
  [
    "a change was acknowledged as another version",
    "response",
    { changes: changes.map((one) => (one === secondB ? { ...one, version: 3 } : one)) },
    {},
    "Version 2 of app b was acknowledged as version 3.",
  ],
  [
    "the response of a change showed other counters",
    "response",
    { changes: changes.map((one) => (one === secondB ? { ...one, counters: allOf(7) } : one)) },
    {},
    "Version 2 of app b has installedDeviceCount 4; its response showed 7.",
  ],
  [
    "a response shows counters that were never there",
    "response",
    { seen: [seen({ appId: "a", start: 8, end: 9, version: 3, counters: allOf(7) })] },
    {},
    "A response (GET 200) showed version 3 of app a with installedDeviceCount 7; it was 5.",
  ],
  [
    "a response shows a version that was lost afterwards",
    "response",
    { seen: [seen({ appId: "a", start: 8, end: 9, version: 4 })] },
    {},
    "A response (GET 200) showed version 4 of app a, which the log does not have.",
  ],
  [
    "a guarded change was applied to another version",
    "order",
    { changes: changes.map((one) => (one === thirdA ? { ...one, ifMatch: 1 } : one)) },
    {},
    "Version 3 of app a was sent for version 1.",
  ],
  [
    "a read shows an older version than one that was acknowledged before",
    "order",
    { seen: [seen({ appId: "a", start: 3.5, end: 9, version: 1 })] },
    {},
    "A request showed version 1 of app a (GET 200) although version 2 was known before it began (PATCH 200).",
  ],
  [
    "a read shows an older version than a read before it",
    "order",
    {
      seen: [
        seen({ appId: "a", start: 5.5, end: 6, version: 3 }),
        seen({ appId: "a", start: 7, end: 8, version: 2 }),
      ],
    },
    {},
    "A request showed version 2 of app a (GET 200) although version 3 was known before it began (GET 200).",
  ],
  [
    "a read shows a version before its change was sent",
    "order",
    { seen: [seen({ appId: "a", start: 3.5, end: 4.5, version: 3 })] },
    {},
    "A request made version 3 of app a (PATCH timeout) although version 3 was known before it began (GET 200).",
  ],
  [
    "a change has a lower version than one that was acknowledged before it was sent",
    "order",
    {
      changes: changes.map((one) => (one === secondA ? { ...one, start: 8, end: 9 } : one)),
      seen: [seen({ appId: "a", start: 6, end: 7, version: 3 })],
    },
    {},
    "A request made version 2 of app a (PATCH 200) although version 3 was known before it began (GET 200).",
  ],
  [
    "the log has two changes of different apps in the wrong order",
    "order",
    { changes: changes.map((one) => (one === secondA ? { ...one, start: 5.5, end: 5.6 } : one)), seen: [] },
    {},
    "The log has version 2 of app a before version 2 of app b, which was acknowledged before that began.",
  ],
  [
    "a request was refused without a reason",
    "status",
    { responses: new Map([...responses, ["batch: PATCH 500", 2]]) },
    {},
    "The response was batch: PATCH 500, 2 times.",
  ],
  [
    "a reader by cursor missed a change",
    "feed",
    { followed: [{ ...reader, changes: reader.changes.toSpliced(1, 1) }] },
    {},
    "The reader by pages 1 got version 2 of app b at place 2, where the log has version 2 of app a.",
  ],
  [
    "a reader by cursor got a change twice",
    "feed",
    { followed: [{ ...reader, changes: [...reader.changes, ...reader.changes.slice(-1)] }] },
    {},
    "The reader by pages 1 got version 3 of app a at place 5, where the log has nothing.",
  ],
  [
    "a reader by cursor got changes in another order",
    "feed",
    { followed: [{ ...reader, changes: reader.changes.toReversed() }] },
    {},
    "The reader by pages 1 got version 3 of app a at place 1, where the log has version 1 of app b.",
  ],
  [
    "a reader by cursor ended too early",
    "feed",
    { followed: [{ ...reader, changes: reader.changes.slice(0, -1), ends: [] }] },
    {},
    "The reader by pages 1 ended before version 3 of app a, at place 4 of 5.",
  ],
  [
    "a reader by cursor came to the end without a change that was acknowledged before it asked",
    "feed",
    { followed: [{ ...reader, ends: [{ start: 3.5, count: 1 }] }] },
    {},
    "The reader by pages 1 came to the end at place 2 without version 2 of app a, acknowledged before.",
  ],
])("it is told when %s", (_, rule, history, broken, text) => {
  expect(faultsOf(history, broken)).toContainEqual({ rule, text });
});
