import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { overwriter, takeBack } from "./take-back.ts";

const change = {
  before: { failedDeviceCount: 16, pendingInstallUserCount: 272 },
  after: { failedDeviceCount: 8, pendingInstallUserCount: 270 },
};

test("counters that are as the change left them get their earlier values back", () => {
  const { installSummary } = listedApp(0, "App", change.after);
  expect(takeBack(change, installSummary)).toEqual({
    patch: change.before,
    counters: [
      { kind: "restored", counter: "failedDeviceCount", from: 8, to: 16 },
      { kind: "restored", counter: "pendingInstallUserCount", from: 270, to: 272 },
    ],
  });
});

test("a counter that someone has set since is left as it is, and one that is back needs nothing", () => {
  const { installSummary } = listedApp(0, "App", { failedDeviceCount: 16, pendingInstallUserCount: 268 });
  expect(takeBack(change, installSummary)).toEqual({
    patch: {},
    counters: [
      { kind: "there", counter: "failedDeviceCount", value: 16 },
      { kind: "overwritten", counter: "pendingInstallUserCount", made: 270, before: 272, now: 268 },
    ],
  });
});

test("taking a taken-back change back gives its values again", () => {
  const { installSummary } = listedApp(0, "App", change.before);
  expect(takeBack({ before: change.after, after: change.before }, installSummary).patch).toEqual(
    change.after,
  );
});

test("a change that created the app has nothing to take back", () => {
  const { installSummary } = listedApp(0);
  expect(takeBack({ before: {}, after: installSummary }, installSummary)).toEqual({
    patch: {},
    counters: [],
  });
});

test("the latest later change of a counter is the one that overwrote it", () => {
  const log = [9, 8, 7, 6].map((version) =>
    loggedChange({ version, after: version === 8 ? { failedUserCount: 1 } : { failedDeviceCount: version } }),
  );
  expect(overwriter(log, 6, "failedDeviceCount")?.version).toBe(9);
  expect(overwriter(log, 9, "failedDeviceCount")).toBeUndefined();
  expect(overwriter(log, 6, "failedUserCount")?.version).toBe(8);
});
