import * as fc from "fast-check";
import { counterMaximum, counterNames, type CounterName } from "../src/counters.ts";
import type { InstallSummary, InstallSummaryPatch } from "../src/install-summary.ts";
import type { MobileApp } from "../src/mobile-app.ts";

export const appId = "06a792e9-92e9-06a7-e992-a706e992a706";

/** The body of the specification's example request. */
export const examplePatch: { readonly [Name in CounterName]: number } = {
  installedDeviceCount: 4,
  failedDeviceCount: 1,
  notApplicableDeviceCount: 8,
  notInstalledDeviceCount: 7,
  pendingInstallDeviceCount: 9,
  installedUserCount: 2,
  failedUserCount: 15,
  notApplicableUserCount: 6,
  notInstalledUserCount: 5,
  pendingInstallUserCount: 7,
};

export function sampleSummary(counters: InstallSummaryPatch = {}): InstallSummary {
  return { id: appId, ...examplePatch, ...counters };
}

const counterValue: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: counterMaximum }),
  fc.constantFrom(0, 1, counterMaximum),
);

/** Some counters with values that are valid. */
export const patches: fc.Arbitrary<InstallSummaryPatch> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...counterNames), counterValue), { selector: ([name]) => name })
  .map((members) => {
    const patch: { [Name in CounterName]?: number } = {};
    for (const [name, value] of members) patch[name] = value;
    return patch;
  });

export const summaries: fc.Arbitrary<InstallSummary> = patches.map((patch) => sampleSummary(patch));

export function sampleApp(): MobileApp {
  return {
    "@odata.type": "#microsoft.graph.win32LobApp",
    id: appId,
    displayName: "Contoso Portal",
    description: null,
    publisher: "Contoso",
    createdDateTime: "2024-09-30T13:47:10Z",
    lastModifiedDateTime: "2024-09-30T13:47:10Z",
    isFeatured: false,
    privacyInformationUrl: null,
    informationUrl: null,
    owner: null,
    developer: null,
    notes: null,
    publishingState: "published",
    isAssigned: true,
  };
}
