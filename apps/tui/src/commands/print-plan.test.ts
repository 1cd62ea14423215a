import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { shortId } from "../words/app-identity.ts";
import { planWarnings } from "./print-plan.ts";

test("a warning says which of the apps of the same name it is about", () => {
  const apps = [0, 1].map((index) => listedApp(index, "Workday", { failedDeviceCount: 3 }));
  const warnings = planWarnings({
    changes: apps.map(({ id, etag }) => ({
      id,
      etag: etag ?? null,
      before: { failedDeviceCount: 3 },
      patch: { failedDeviceCount: 900_000 },
    })),
    apps: new Map(apps.map((app) => [app.id.toLowerCase(), app])),
    nameOf: () => null,
  });
  const named = warnings.map((text) => text.slice(0, text.indexOf(":")));
  expect(new Set(named)).toEqual(new Set(apps.map((app) => `! Workday (${shortId(app)})`)));
});

test("a counter that someone else has changed is told with its value, and apply will not send it", () => {
  const app = listedApp(0, "VLC", {
    failedDeviceCount: 6,
    installedDeviceCount: 9,
    pendingInstallUserCount: 4,
  });
  const warnings = planWarnings({
    changes: [
      {
        id: app.id,
        etag: 'W/"1"',
        // Of these three, installed has its new value already, and pending is as it was.
        before: { failedDeviceCount: 5, installedDeviceCount: 8, pendingInstallUserCount: 4 },
        patch: { failedDeviceCount: 8, installedDeviceCount: 9, pendingInstallUserCount: 5 },
      },
    ],
    apps: new Map([[app.id.toLowerCase(), app]]),
    nameOf: () => null,
  });
  expect(warnings.filter((text) => text.includes("now"))).toEqual([
    expect.stringMatching(
      /^! VLC.*: Failed devices is 6 now; it was 5\. Someone else has changed it, so apply does not send it\.$/,
    ),
  ]);
});
