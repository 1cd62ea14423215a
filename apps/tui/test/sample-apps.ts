import { applyPatch, type InstallSummary, type InstallSummaryPatch } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { exampleApp, type MemoryApp } from "@install-summary/core/contract";

/** Difficult names: long, in many scripts, with emoji, quotes and control sequences for terminals. */
export const awkwardNames: readonly string[] = [
  "Google 給与計算システム 2.2",
  "Zoom Chrome Enterprise 3.3",
  "Adobe Workplace 👩‍💻 1.1",
  "👨‍👩‍👧‍👦 Family Days 🏳️‍🌈 Booking 🇨🇭",
  "שלום Café 12.2",
  "بوابة الموظفين (تجريبي)",
  "Evil\u001b[2J\u001b[31m App 1.0",
  "\u001b]0;owned\u0007Title Changer",
  "Invoice \u202efdp.exe",
  "Label Printer\nSecond Line\tand a Tab",
  `The "Best" Notes, 2nd 'Edition'`,
  "Z͑ͫ̓͂ả̆́l̐̋g͒͠ȏ",
  "Wide World Importers Transport, Customs and Warehouse Planning Client for Regional Distribution Centres, 64-bit",
];

/** The id of the app with a number. */
export function sampleId(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

const types = ["win32LobApp", "androidStoreApp", "iosVppApp", "macOSLobApp"];

/** An app for the contract server, with plausible counters unless others are given. */
export function sampleApp(index: number, name: string, counters: InstallSummaryPatch = {}): MemoryApp {
  return {
    id: sampleId(index),
    "@odata.type": `#microsoft.graph.${types[index % types.length] ?? "webApp"}`,
    displayName: name,
    publisher: name.split(" ")[0] ?? null,
    installSummary: { ...plausible, ...counters },
  };
}

/** The same app as a client reads it. */
export function listedApp(
  index: number,
  name = `App ${index}`,
  counters: InstallSummaryPatch = {},
  etag: string | undefined = 'W/"7"',
): ListedApp {
  return {
    ...exampleApp,
    ...sampleApp(index, name),
    installSummary: applyPatch({ ...plausible, id: sampleId(index) }, counters),
    etag,
  };
}

const plausible: Omit<InstallSummary, "id"> = {
  installedDeviceCount: 2080,
  failedDeviceCount: 16,
  notApplicableDeviceCount: 272,
  notInstalledDeviceCount: 72,
  pendingInstallDeviceCount: 48,
  installedUserCount: 2176,
  failedUserCount: 8,
  notApplicableUserCount: 184,
  notInstalledUserCount: 68,
  pendingInstallUserCount: 272,
};
