import { frozenCopy } from "../text/frozen-copy.ts";
import type { InstallSummary } from "./install-summary.ts";
import type { MobileApp } from "./mobile-app.ts";

/** The specification's example of an install summary: the app's id and the ten counters that its PATCH sets. */
export const exampleSummary: InstallSummary = /* @__PURE__ */ frozenCopy({
  id: "06a792e9-92e9-06a7-e992-a706e992a706",
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
});

/** An app for `exampleSummary`, with every property that all apps have. */
export const exampleApp: MobileApp = /* @__PURE__ */ frozenCopy({
  "@odata.type": "#microsoft.graph.win32LobApp",
  id: exampleSummary.id,
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
});
