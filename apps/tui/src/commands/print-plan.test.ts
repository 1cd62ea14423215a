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
