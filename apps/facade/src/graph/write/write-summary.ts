import {
  formatETag,
  installSummaryType,
  isCounterName,
  type InstallSummary,
  type VersionedSummary,
} from "@install-summary/core";
import type { MetadataLevel } from "../headers/accept.ts";
import { appsPath, summaryContext } from "./context-url.ts";
import { installSummaryEntityType } from "../model/entity-type.ts";
import type { Selection } from "../options/select.ts";

/** How a summary is represented. */
export interface SummaryForm {
  /** The base URL, ending in `/beta`. */
  readonly base: string;
  readonly metadata: MetadataLevel;
  readonly select: Selection;
}

/** Writes a summary as the answer to a request for it. */
export function writeSummary(stored: VersionedSummary, { base, metadata, select }: SummaryForm): string {
  const properties = writeProperties(stored.summary, select);
  if (metadata === "none") return `{${properties}}`;
  const { id } = stored.summary;
  const context = `"@odata.context":"${summaryContext(base, id, select)}"`;
  const more = metadata === "full" ? `${writeTag(stored)},${writeLinks(id)},` : "";
  return `{${context},"@odata.type":"${installSummaryType}",${more}${properties}}`;
}

/** Writes a summary that is expanded inside of its app, the names before it included. */
export function writeExpandedSummary(
  stored: VersionedSummary,
  { base, metadata, select }: SummaryForm,
): string {
  const properties = writeProperties(stored.summary, select);
  if (metadata === "none") return `"installSummary":{${properties}}`;
  const { id } = stored.summary;
  const context = `"installSummary@odata.context":"${summaryContext(base, id, select)}"`;
  const more = metadata === "full" ? `${writeLinks(id)},` : "";
  const control = `${writeTag(stored)},"@odata.type":"${installSummaryType}",${more}`;
  return `${context},"installSummary":{${control}${properties}}`;
}

function writeTag({ version }: VersionedSummary): string {
  return `"@odata.etag":${JSON.stringify(formatETag(version))}`;
}

function writeLinks(id: string): string {
  const link = `${appsPath}('${id}')/installSummary`;
  return `"@odata.id":"${link}","@odata.editLink":"${link}"`;
}

/** The members of the example response in the specification, in its order. */
function writeProperties(summary: InstallSummary, select: Selection): string {
  if (select !== undefined) {
    return installSummaryEntityType.properties
      .filter((name) => select.includes(name))
      .map((name) => `"${name}":${isCounterName(name) ? summary[name] : `"${summary.id}"`}`)
      .join(",");
  }
  return (
    `"id":"${summary.id}",` +
    `"installedDeviceCount":${summary.installedDeviceCount},` +
    `"failedDeviceCount":${summary.failedDeviceCount},` +
    `"notApplicableDeviceCount":${summary.notApplicableDeviceCount},` +
    `"notInstalledDeviceCount":${summary.notInstalledDeviceCount},` +
    `"pendingInstallDeviceCount":${summary.pendingInstallDeviceCount},` +
    `"installedUserCount":${summary.installedUserCount},` +
    `"failedUserCount":${summary.failedUserCount},` +
    `"notApplicableUserCount":${summary.notApplicableUserCount},` +
    `"notInstalledUserCount":${summary.notInstalledUserCount},` +
    `"pendingInstallUserCount":${summary.pendingInstallUserCount}`
  );
}
