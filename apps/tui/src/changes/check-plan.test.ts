import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { checkChange, checkMoved } from "./check-plan.ts";
import type { PlannedChange } from "./plan.ts";

const change: PlannedChange = {
  id: listedApp(0).id,
  etag: 'W/"7"',
  before: { failedDeviceCount: 16 },
  patch: { failedDeviceCount: 8 },
};
const strict = { rebases: false };
const moving = { rebases: true };

test("a change of the version that is there is ready", () => {
  const app = listedApp(0, "Outlook", { failedDeviceCount: 16 });
  expect(checkChange(change, app, strict)).toEqual({ state: "ready", change, app, isMoved: false });
});

test("versions are compared weakly, as the contract compares them", () => {
  for (const [planned, now] of [
    ['"a"', 'W/"a"'],
    ['W/"a"', '"a"'],
  ] as const) {
    const app = listedApp(0, "Outlook", { failedDeviceCount: 16 }, now);
    expect(checkChange({ ...change, etag: planned }, app, strict).state).toBe("ready");
  }
});

test("a change whose values are there is unchanged, also at a newer version", () => {
  const app = listedApp(0, "Outlook", { failedDeviceCount: 8 }, 'W/"9"');
  expect(checkChange(change, app, strict).state).toBe("unchanged");
});

test("a change of an older version is stale, and is moved where others changed only other counters", () => {
  const app = listedApp(0, "Outlook", { failedDeviceCount: 16, failedUserCount: 1 }, 'W/"9"');
  expect(checkChange(change, app, strict)).toMatchObject({ state: "stale", conflicts: [] });
  expect(checkChange(change, app, moving)).toMatchObject({ state: "ready", isMoved: true });
});

test("a change of a counter that others have changed stays stale, with base, theirs and mine", () => {
  const app = listedApp(0, "Outlook", { failedDeviceCount: 11 }, 'W/"9"');
  expect(checkChange(change, app, moving)).toMatchObject({
    state: "stale",
    conflicts: [{ counter: "failedDeviceCount", base: 16, mine: 8, theirs: 11 }],
  });
});

test("the same version with other values is stale: the store was made anew", () => {
  const app = listedApp(0, "Outlook", { failedDeviceCount: 12 }, 'W/"7"');
  expect(checkChange(change, app, strict).state).toBe("stale");
});

test("without a version on either side the values decide", () => {
  const noVersion = { ...change, etag: null };
  expect(checkChange(noVersion, listedApp(0, "x", { failedDeviceCount: 16 }), strict).state).toBe("ready");
  expect(checkChange(noVersion, listedApp(0, "x", { failedDeviceCount: 17 }), strict).state).toBe("stale");
  const bare = { ...listedApp(0, "x", { failedDeviceCount: 16 }), etag: undefined };
  expect(checkChange(change, bare, strict).state).toBe("ready");
});

test("a change of an app that the server does not know is unknown", () => {
  expect(checkChange(change, undefined, moving)).toEqual({ state: "unknown", change });
});

test("a change that would be moved is stale where others have changed one of its counters and changed it back", () => {
  const ready = { state: "ready", change, app: listedApp(0), isMoved: true } as const;
  expect(checkMoved(ready, ["installedUserCount"])).toBe(ready);
  expect(checkMoved(ready, ["failedDeviceCount", "installedUserCount"])).toMatchObject({
    state: "stale",
    changedBack: ["failedDeviceCount"],
  });
});
