import { expect, test } from "vitest";
import { appId, sampleSummary } from "../../test/samples.ts";
import { installSummaryChangeSchema, type InstallSummaryChange } from "./install-summary-change.ts";
import { invert } from "../patch/rebase.ts";

const change: InstallSummaryChange = {
  appId,
  version: 8,
  changedAt: "2026-11-24T10:14:03.120Z",
  actor: "ada@contoso.com",
  origin: "editor",
  requestId: "5f0c3a41-7a3e-4f0e-9d9b-1f2f3a4b5ce1",
  before: { failedDeviceCount: 16 },
  after: { failedDeviceCount: 8 },
};

test("members that a later version may add are dropped", () => {
  expect(installSummaryChangeSchema.parse({ ...change, later: 1 })).toEqual(change);
});

test("the import that created an app has an empty `before`", () => {
  const created = { ...change, version: 1, origin: "import", before: {} };
  expect(installSummaryChangeSchema.safeParse(created).success).toBe(true);
});

test.each([
  { appId: "nope" },
  { version: 0 },
  { origin: "elsewhere" },
  { before: { failedDeviceCount: -1 } },
  { after: { failedDevices: 8 } },
  { actor: null },
])("a change is invalid with %j", (fault) => {
  expect(installSummaryChangeSchema.safeParse({ ...change, ...fault }).success).toBe(false);
});

test("a change from a response can be undone", () => {
  const read = installSummaryChangeSchema.parse(change);
  expect(invert(read, sampleSummary(read.after)).patch).toEqual(change.before);
});
