import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { createAppCompactor } from "./compact-app.ts";

test("a compact app is the same app", () => {
  const compact = createAppCompactor();
  for (const app of [listedApp(1), listedApp(2, "Second", { failedDeviceCount: 0 }, undefined)]) {
    expect(compact(app)).toStrictEqual(app);
    expect(Object.keys(compact(app)).toSorted()).toEqual(Object.keys(app).toSorted());
  }
});
