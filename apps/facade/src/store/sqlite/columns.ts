import {
  counterNames,
  type InstallSummary,
  type MobileApp,
  type VersionedSummary,
} from "@install-summary/core";
import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import { textKey, type StoredApp } from "../store.ts";

/** The columns of the ten counters, in the order of the specification. */
export const counterColumns: readonly string[] = counterNames.map((name) =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);

/** What a result set hands out for one row. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** Reads a row that has the counters and `version` of an app's summary. */
export function readStoredSummary(row: Row, appId: string): VersionedSummary {
  return { summary: readSummary(row, appId), version: whole(row, "version") };
}

/** Reads a row that has every column of an app beside its summary. */
export function readStoredApp(row: Row): StoredApp {
  const id = text(row, "id");
  const app: MobileApp = {
    "@odata.type": text(row, "odata_type"),
    id,
    displayName: textOrNull(row, "display_name"),
    description: textOrNull(row, "description"),
    publisher: textOrNull(row, "publisher"),
    createdDateTime: text(row, "created_at"),
    lastModifiedDateTime: text(row, "modified_at"),
    isFeatured: whole(row, "is_featured") === 1,
    privacyInformationUrl: textOrNull(row, "privacy_information_url"),
    informationUrl: textOrNull(row, "information_url"),
    owner: textOrNull(row, "owner"),
    developer: textOrNull(row, "developer"),
    notes: textOrNull(row, "notes"),
    publishingState: publishingState(text(row, "publishing_state")),
    isAssigned: whole(row, "is_assigned") === 1,
  };
  return { app, summary: readSummary(row, id), version: whole(row, "version") };
}

/** The ten counters as the values of `counterColumns`. */
export function counterValues(summary: InstallSummary): readonly number[] {
  return counterNames.map((name) => summary[name]);
}

/** The columns of an app's own table, behind its tenant. */
export const appColumns: readonly string[] = [
  "id",
  "odata_type",
  "display_name",
  "name_key",
  "description",
  "publisher",
  "publisher_key",
  "created_at",
  "modified_at",
  "is_featured",
  "privacy_information_url",
  "information_url",
  "owner",
  "developer",
  "notes",
  "publishing_state",
  "is_assigned",
];

/** An app as the values of `appColumns`. */
export function appValues(app: MobileApp): readonly SQLInputValue[] {
  return [
    app.id,
    app["@odata.type"],
    app.displayName,
    textKey(app.displayName ?? ""),
    app.description,
    app.publisher,
    textKey(app.publisher ?? ""),
    app.createdDateTime,
    app.lastModifiedDateTime,
    app.isFeatured ? 1 : 0,
    app.privacyInformationUrl,
    app.informationUrl,
    app.owner,
    app.developer,
    app.notes,
    app.publishingState,
    app.isAssigned ? 1 : 0,
  ];
}

/** A column that holds text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`${column} holds no text`);
  return value;
}

/** A column that holds a whole number. */
export function whole(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new TypeError(`${column} holds no number`);
  return value;
}

function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

function publishingState(value: string): MobileApp["publishingState"] {
  if (value === "published" || value === "processing" || value === "notPublished") return value;
  throw new TypeError(`publishing_state holds ${value}`);
}

function readSummary(row: Row, id: string): InstallSummary {
  return {
    id,
    installedDeviceCount: whole(row, "installed_device_count"),
    failedDeviceCount: whole(row, "failed_device_count"),
    notApplicableDeviceCount: whole(row, "not_applicable_device_count"),
    notInstalledDeviceCount: whole(row, "not_installed_device_count"),
    pendingInstallDeviceCount: whole(row, "pending_install_device_count"),
    installedUserCount: whole(row, "installed_user_count"),
    failedUserCount: whole(row, "failed_user_count"),
    notApplicableUserCount: whole(row, "not_applicable_user_count"),
    notInstalledUserCount: whole(row, "not_installed_user_count"),
    pendingInstallUserCount: whole(row, "pending_install_user_count"),
  };
}
