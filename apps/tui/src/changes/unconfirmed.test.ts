import { GraphError } from "@install-summary/core";
import { UnconfirmedChangeError } from "@install-summary/core/client";
import { describe, expect, test } from "vitest";
import { barePlace } from "../../test/command-place.ts";
import { listedApp } from "../../test/sample-apps.ts";
import { unconfirmed } from "./unconfirmed.ts";

const app = listedApp(0, "Payroll", { failedDeviceCount: 16 });
const other = { summary: { ...app.installSummary, failedDeviceCount: 30 }, etag: 'W/"8"' };
const failed = new GraphError({ status: 500, code: "InternalServerError", message: "disk full" });
describe.each([app.etag, undefined])("on the version %s", (ifMatch) => {
  test.each([
    ["notApplied", { summary: app.installSummary, etag: app.etag }, "NotApplied"],
    ["overtaken", other, "Overtaken"],
    ["overtaken", { ...other, etag: app.etag }, "Overtaken"],
    ["unknown", other, "Unknown"],
    ["unknown", undefined, "Unknown"],
  ] as const)("a change that is open never ends as a conflict: %s", (outcome, current, code) => {
    const failures = [failed];
    const change = { appId: app.id, outcome, current, failures, isGuarded: ifMatch !== undefined, ifMatch };
    expect(unconfirmed(app, new UnconfirmedChangeError(change), barePlace, undefined)).toMatchObject({
      exit: 7,
      code,
    });
  });
});
