import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { createAppCompactor } from "./compact-app.ts";

test("a compact app has what is known of apps, and not the texts that nothing here shows", () => {
  const compact = createAppCompactor();
  for (const app of [listedApp(1), listedApp(2, "Second", { failedDeviceCount: 0 }, undefined)]) {
    const { id, displayName, publisher, installSummary, etag } = app;
    const kept = { "@odata.type": app["@odata.type"], id, displayName, publisher, installSummary, etag };
    expect(compact(app)).toStrictEqual(kept);
  }
});
