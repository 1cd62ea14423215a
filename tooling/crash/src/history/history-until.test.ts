import { expect, test } from "vitest";
import { historyUntil } from "./history-until.ts";
import { withoutResponse, type SentChange } from "./history.ts";

test("what came back later is not known yet, and what was sent later is not there", () => {
  const change: SentChange = {
    appId: "a",
    stamp: 1,
    patch: { installedDeviceCount: 1 },
    start: 1,
    end: 2,
    outcome: "acknowledged",
    told: "PATCH 200",
    requestId: "r1",
    version: 2,
  };
  const later = { ...change, stamp: 2, start: 3, end: 5 };
  const seen = { appId: "a", start: 1, end: 2, version: 1, told: "GET 200" };
  const history = {
    changes: [change, later],
    seen: [seen, { ...seen, end: 4 }],
    followed: [],
    responses: new Map(),
  };
  expect(historyUntil(history, 4)).toEqual({
    changes: [change, withoutResponse(later)],
    seen: history.seen,
    followed: [],
    responses: new Map(),
  });
  expect(historyUntil(history, 2)).toEqual({
    changes: [change],
    seen: [seen],
    followed: [],
    responses: new Map(),
  });
});
