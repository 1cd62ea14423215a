import { UserError } from "@install-summary/command-line/errors";
import { counterNames } from "@install-summary/core";
import { exampleSummary } from "@install-summary/core/contract";
import { describe, expect, test } from "vitest";
import { parseGivenPatch } from "./printed-summary.ts";

const { id } = exampleSummary;
const counted = { id, failedDeviceCount: 8 };
const got = { id, displayName: "Payroll", etag: 'W/"7"', summary: counted };
const fromGraph = { "@odata.type": "#microsoft.graph.webApp", id, installSummary: counted };
const listed = { id, platform: "Web", version: 7, etag: 'W/"7"', failedDeviceCount: 8 };

function refusal(value: unknown): UserError {
  try {
    parseGivenPatch(JSON.stringify(value, undefined, 2), "-");
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

describe.each([
  ["summary", got],
  ["installSummary", fromGraph],
])("an app with %s", (place, app) => {
  test.each(
    counterNames.flatMap((name) => [
      name,
      name.toUpperCase(),
      name.replace("ll", "l").replace("Count", "Cnt"),
    ]),
  )("%s beside it is refused", (name) => {
    expect(refusal({ ...app, [name]: 5 })).toMatchObject({ exit: 6, target: place, argument: "-" });
  });

  test.each(["failed", "Failed", "users.failed", "not-installed", "faild", "pendin"])(
    "the word %s beside it is refused, whatever its value",
    (name) => {
      for (const value of [5, null, "5", {}])
        expect(refusal({ ...app, [name]: value }).message).toContain(`'${name}' is beside '${place}'`);
    },
  );

  test.each(["patch", "counters", "Summary"])("counters in %s beside it are refused", (name) => {
    expect(refusal({ ...app, [name]: { failed: 5 } }).message).toContain(
      `'${name}' has counters beside '${place}'`,
    );
  });
});

test("what is refused is told with its line, its full name, and how many there are", () => {
  expect(refusal({ ...got, failedDeviceCount: 5 }).message).toBe(
    "The JSON is refused: line 9: 'failedDeviceCount' is beside 'summary': a counter belongs into 'summary'.",
  );
  expect(refusal({ ...got, failed: 5, pending: 1 }).message).toBe(
    "The JSON is refused: line 9: 'failed' is beside 'summary': a counter belongs into 'summary', as 'failedDeviceCount'. (and 1 more)",
  );
});

test.each([
  ["get and Graph", { ...got, installSummary: counted }],
  ["get and Graph, one empty", { ...fromGraph, summary: {} }],
  ["list and get", { ...listed, summary: { failedDeviceCount: 7 } }],
  ["list and Graph", { ...listed, installSummary: { failedDeviceCount: 7 } }],
  ["a list of one", [{ ...got, failedDeviceCount: 5 }]],
  ["a response with one", { value: [{ ...fromGraph, failedDeviceCount: 5 }] }],
])("counters in two places, as of %s, are refused", (_, value) => {
  expect(refusal(value)).toMatchObject({ exit: 6, code: "ModelValidationFailure" });
});

/** Members of the kinds of apps that Graph has; no tenant has all of them. */
const graphMembers = [
  "@odata.context",
  "@odata.etag",
  "installSummary@odata.context",
  "applicableArchitectures",
  "applicableDeviceType",
  "appAvailability",
  "appIdentifier",
  "appStoreUrl",
  "appUrl",
  "assignments",
  "autoAcceptEula",
  "bundleId",
  "bundles",
  "buildNumber",
  "categories",
  "channel",
  "childApps",
  "committedContentVersion",
  "contentVersions",
  "createdDateTime",
  "dependentAppCount",
  "description",
  "detectionRules",
  "developer",
  "deviceStatuses",
  "displayName",
  "excludedApps",
  "expirationDateTime",
  "fileName",
  "identityName",
  "identityPublisherHash",
  "identityResourceIdentifier",
  "identityVersion",
  "ignoreVersionDetection",
  "includedApps",
  "informationUrl",
  "installAsManaged",
  "installBehavior",
  "installCommandLine",
  "installExperience",
  "installProgressDisplayLevel",
  "isAssigned",
  "isBundle",
  "isFeatured",
  "isSystemApp",
  "largeIcon",
  "lastModifiedDateTime",
  "licenseType",
  "licensingType",
  "localesToInstall",
  "managementLicenses",
  "manufacturer",
  "md5Hash",
  "minimumSupportedOperatingSystem",
  "minimumSupportedWindowsRelease",
  "msiInformation",
  "notes",
  "officePlatformArchitecture",
  "officeSuiteAppDefaultFileFormat",
  "owner",
  "packageId",
  "packageIdentifier",
  "platform",
  "primaryBundleId",
  "primaryBundleVersion",
  "privacyInformationUrl",
  "productCode",
  "productIds",
  "productKey",
  "productVersion",
  "publisher",
  "publishingState",
  "relationships",
  "requirementRules",
  "returnCodes",
  "revokeLicenseActionResults",
  "roleScopeTagIds",
  "rules",
  "setupFilePath",
  "shouldUninstallOlderVersionsOfOffice",
  "size",
  "supersededAppCount",
  "supersedingAppCount",
  "supportsOemConfig",
  "targetVersion",
  "totalLicenseCount",
  "uninstallCommandLine",
  "updateVersion",
  "updateChannel",
  "uploadState",
  "usedLicenseCount",
  "useMdmChannel",
  "useManagedBrowser",
  "useSharedComputerActivation",
  "userStatuses",
  "version",
  "versionNumber",
  "vppTokenAccountType",
  "vppTokenAppleId",
  "vppTokenDisplayName",
  "vppTokenId",
  "vppTokenOrganizationName",
];

test("what Graph and this program say of an app beside its summary is let be", () => {
  const others = Object.fromEntries(graphMembers.map((name) => [name, 1]));
  for (const app of [got, fromGraph]) {
    const text = JSON.stringify({ ...others, etag: null, userStatuses: [counted], ...app });
    expect(parseGivenPatch(text, "-").patchFor(id)).toEqual({ failedDeviceCount: 8 });
  }
  const nested = { largeIcon: { type: "image/png" }, installExperience: { runAsAccount: "system" } };
  expect(parseGivenPatch(JSON.stringify({ ...got, ...nested }), "-").patchFor(id)).toEqual({
    failedDeviceCount: 8,
  });
});
