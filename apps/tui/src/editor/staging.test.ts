import type { InstallSummaryEdit } from "@install-summary/core";
import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";
import { carryEdits, patchOf } from "./model/edit.ts";
import {
  countEdits,
  decisionsOf,
  nothingStaged,
  stageEdits,
  toggleLeftOut,
  type Staging,
} from "./model/staging.ts";
import { redoStep, undoStep } from "./model/undo-steps.ts";
import { moveBase, settleApp } from "./model/settle-staged.ts";

const app = listedApp(1);
const other = listedApp(2);

function stage(staging: Staging, of: KnownApp, edits: InstallSummaryEdit): Staging {
  return stageEdits(staging, of, decisionsOf(edits), 0);
}

test("undo gives back what was staged before, redo what was staged after", () => {
  const one = stage(nothingStaged, app, { failedDeviceCount: 8 });
  const two = stage(one, other, { failedUserCount: { add: 2 } });
  expect(countEdits(two)).toBe(2);
  const back = undoStep(two);
  expect(back?.staging.apps).toEqual(one.apps);
  expect(back?.counters).toEqual(["failedUserCount"]);
  expect(back && redoStep(back.staging)?.staging.apps).toEqual(two.apps);
});

test("a new edit makes what was taken back final", () => {
  const one = stage(nothingStaged, app, { failedDeviceCount: 8 });
  const back = undoStep(one);
  if (back === undefined) throw new Error("there is a step");
  const next = stage(back.staging, app, { failedDeviceCount: 9 });
  expect(redoStep(next)).toBeUndefined();
});

test("what was sent cannot be undone as if it were staged", () => {
  const one = stage(nothingStaged, app, { failedDeviceCount: 8 });
  const settled = settleApp(stage(one, other, { failedDeviceCount: 1 }), app.id);
  expect([...settled.apps.keys()]).toEqual([other.id]);
  expect(undoStep(settled)?.appId).toBe(other.id);
  expect(undoStep(undoStep(settled)?.staging ?? settled)).toBeUndefined();
});

test("an app that is left out stays so when it is edited further", () => {
  const out = toggleLeftOut(stage(nothingStaged, app, { failedDeviceCount: 8 }), app.id);
  const edited = stage(out, app, { failedDeviceCount: 8, failedUserCount: 1 });
  expect(edited.apps.get(app.id)?.leftOut).toBe(true);
});

test("on a version that was read again values stay and relative edits are counted again", () => {
  const edits = { failedDeviceCount: 8, pendingInstallUserCount: { add: -2 } };
  const newer = listedApp(1, "App 1", { failedDeviceCount: 20, pendingInstallUserCount: 300 }, 'W/"8"');
  const moved = moveBase(stage(nothingStaged, app, edits), newer, 5);
  const staged = moved.apps.get(app.id);
  expect(staged?.app.etag).toBe('W/"8"');
  expect(staged && patchOf(newer.installSummary, staged.edits)).toEqual({
    failedDeviceCount: 8,
    pendingInstallUserCount: 298,
  });
});

test("a value that is there already is not an edit any more", () => {
  const newer = listedApp(1, "App 1", { failedDeviceCount: 8 }, 'W/"8"');
  const staged = stage(nothingStaged, app, { failedDeviceCount: 8 });
  const moved = moveBase(staged, newer, 5);
  expect(moved.apps.size).toBe(0);
  const back = undoStep(moved);
  expect(back?.staging.apps).toEqual(staged.apps);
  expect(back && undoStep(back.staging)?.staging.apps.size).toBe(0);
  expect(back && redoStep(back.staging)?.staging.apps.size).toBe(0);
});

test("of two edits the one that is there already goes, the other moves, and undo brings both back as they were typed", () => {
  const edits = { failedDeviceCount: 8, failedUserCount: { add: 2 } };
  const newer = listedApp(1, "App 1", { failedDeviceCount: 8 }, 'W/"8"');
  const staged = stage(nothingStaged, app, edits);
  const moved = moveBase(staged, newer, 5);
  expect(moved.apps.get(app.id)).toMatchObject({ app: newer, edits: { failedUserCount: { add: 2 } } });
  const back = undoStep(moved);
  expect(back?.counters).toEqual(["failedDeviceCount"]);
  expect(back?.staging.apps).toEqual(staged.apps);
});

test("what undo would bring back moves once others have taken their value back", () => {
  const same = listedApp(1, "App 1", { failedDeviceCount: 8 }, 'W/"8"');
  const again = listedApp(1, "App 1", {}, 'W/"9"');
  const edits = { failedDeviceCount: 8, failedUserCount: 5 };
  const moved = moveBase(moveBase(stage(nothingStaged, app, edits), same, 5), again, 6);
  expect(undoStep(moved)?.staging.apps.get(app.id)).toMatchObject({ app: again, edits });
});

test("a relative edit that no longer fits becomes the value that it made", () => {
  const from = listedApp(1, "App 1", { failedDeviceCount: 16 }).installSummary;
  const to = listedApp(1, "App 1", { failedDeviceCount: 3 }).installSummary;
  expect(carryEdits({ failedDeviceCount: { add: -10 } }, from, to)).toEqual({
    edits: { failedDeviceCount: 6 },
    contested: { failedDeviceCount: 16 },
  });
});

test("a value that is typed as it was is an edit that both have made where others have set another one, and else none", () => {
  const from = listedApp(1, "App 1", { failedDeviceCount: 16 }).installSummary;
  const to = listedApp(1, "App 1", { failedDeviceCount: 3 }).installSummary;
  const edits = { failedDeviceCount: 16 };
  expect(carryEdits(edits, from, to)).toEqual({ edits, contested: edits });
  expect(carryEdits(edits, from, from)).toEqual({ edits: {}, contested: {} });
});
