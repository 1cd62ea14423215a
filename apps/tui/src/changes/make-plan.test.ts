import { expect, test } from "vitest";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { planAgainstFile, planAgainstServer, withoutThere } from "./make-plan.ts";
import type { PlanRow } from "./plan-rows.ts";

const app = listedApp(0, "Outlook", { failedDeviceCount: 16 }, 'W/"7"');
const apps = new Map([[app.id, app]]);

function row(counters: PlanRow["counters"], etag: string | null = 'W/"7"', id = app.id): PlanRow {
  return { id, displayName: "Outlook", etag, counters };
}

test("the plan has the counters that differ, with the values that they replace", () => {
  const { changes, unknown, moved } = planAgainstServer(
    [row({ failedDeviceCount: 8, failedUserCount: app.installSummary.failedUserCount })],
    apps,
  );
  expect(changes).toEqual([
    { id: app.id, etag: 'W/"7"', before: { failedDeviceCount: 16 }, patch: { failedDeviceCount: 8 } },
  ]);
  expect({ unknown, moved }).toEqual({ unknown: [], moved: [] });
});

test("a row that is like its app changes nothing, whichever version it names", () => {
  const { changes, moved } = planAgainstServer([row({ failedDeviceCount: 16 }, 'W/"3"')], apps);
  expect({ changes, moved }).toEqual({ changes: [], moved: [] });
});

test("a row of the current version is planned, also where the server has a strong ETag", () => {
  const strong = new Map([[app.id, { ...app, etag: '"7"' }]]);
  const { changes, moved } = planAgainstServer([row({ failedDeviceCount: 8 })], strong);
  expect(changes).toMatchObject([{ etag: '"7"' }]);
  expect(moved).toEqual([]);
});

test("a row of an older version that differs is left to be looked up", () => {
  const older = row({ failedDeviceCount: 8 }, 'W/"3"');
  expect(planAgainstServer([older], apps)).toEqual({
    changes: [],
    unknown: [],
    moved: [{ row: older, app }],
  });
});

test("without a version in the file the values that are there now are the base", () => {
  const [change] = planAgainstServer([row({ failedDeviceCount: 8 }, null)], apps).changes;
  expect(change).toMatchObject({ etag: 'W/"7"', before: { failedDeviceCount: 16 } });
});

test("a row whose app is unknown is told", () => {
  const stranger = row({ failedDeviceCount: 8 }, null, sampleId(9));
  expect(planAgainstServer([stranger], apps).unknown).toEqual([stranger]);
});

test("between two files, the plan has what the newer one changes, and the versions of the older one", () => {
  const older = [row({ failedDeviceCount: 16, failedUserCount: 8 }, 'W/"5"')];
  const newer = [row({ failedDeviceCount: 3, failedUserCount: 8 }, null)];
  expect(planAgainstFile(newer, older)).toEqual({
    changes: [
      { id: app.id, etag: 'W/"5"', before: { failedDeviceCount: 16 }, patch: { failedDeviceCount: 3 } },
    ],
    unknown: [],
  });
});

test("between two files, a counter or an app that the older one lacks is told and not taken as 0", () => {
  const newer = [row({ failedDeviceCount: 3 })];
  expect(planAgainstFile(newer, [row({ failedUserCount: 8 })]).unknown).toEqual(newer);
  expect(planAgainstFile(newer, [])).toEqual({ changes: [], unknown: newer });
});

test("of a row of an older version, what the app has already is no change", () => {
  const made = {
    id: app.id,
    etag: 'W/"3"',
    before: { failedDeviceCount: 20, failedUserCount: 9 },
    patch: { failedDeviceCount: 16, failedUserCount: 7 },
  };
  expect(withoutThere(made, app)).toEqual({
    ...made,
    before: { failedUserCount: 9 },
    patch: { failedUserCount: 7 },
  });
  expect(withoutThere({ ...made, patch: { failedDeviceCount: 16 } }, app)).toBeUndefined();
});
