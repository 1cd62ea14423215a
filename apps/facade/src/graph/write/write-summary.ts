import {
  installSummaryType,
  isCounterName,
  type InstallSummary,
  type SummaryWithETag,
} from "@install-summary/core";
import type { ListedApp } from "../../store/store.ts";
import type { MetadataLevel } from "../headers/negotiate.ts";
import { installSummaryEntityType } from "../model/entity-type.ts";
import type { Selection } from "../options/select.ts";

/** The path of the collection below the base URL. */
export const appsPath = "deviceAppManagement/mobileApps";

/** How a summary is represented. */
export interface SummaryForm {
  /** The base URL, ending in `/beta`. */
  readonly base: string;
  readonly metadata: MetadataLevel;
  readonly select: Selection;
}

/** Writes a summary as the response to a request for it. */
export function writeSummary(stored: SummaryWithETag, { base, metadata, select }: SummaryForm): string {
  const properties = writeProperties(stored.summary, select);
  if (metadata === "none") return `{${properties}}`;
  const { id } = stored.summary;
  const context = `"@odata.context":"${summaryContext(base, id, select)}"`;
  const more = metadata === "full" ? `${writeTag(stored)},${writeLinks(id)},` : "";
  return `{${context},"@odata.type":"${installSummaryType}",${more}${properties}}`;
}

/** Writes the summary that is expanded inside its app, including the names before it. */
export function writeExpandedSummary(app: ListedApp, { base, metadata, select }: SummaryForm): string {
  const properties = select === undefined ? app.summary.slice(1, -1) : pick(app.summary, select);
  if (metadata === "none") return `"installSummary":{${properties}}`;
  const context = `"installSummary@odata.context":"${summaryContext(base, app.id, select)}"`;
  const more = metadata === "full" ? `${writeLinks(app.id)},` : "";
  const control = `${writeTag(app)},"@odata.type":"${installSummaryType}",${more}`;
  return `${context},"installSummary":{${control}${properties}}`;
}

/** A list of names in a context URL, empty where nothing is selected. Source: OData Protocol 4.01 §10.7. */
export function formatSelected(names: readonly string[]): string {
  return names.length === 0 ? "" : `(${names.join(",")})`;
}

/** The context URL of one app's summary, on its own or inside its app. Source: OData Protocol 4.01 §10. */
function summaryContext(base: string, id: string, select: Selection = []): string {
  return `${base}/$metadata#${appsPath}('${id}')/installSummary${formatSelected(select)}/$entity`;
}

/** The selected members of a JSON object, in the order that they have there. */
function pick(json: string, select: readonly string[]): string {
  const members = Object.entries(JSON.parse(json)).filter(([name]) => select.includes(name));
  return JSON.stringify(Object.fromEntries(members)).slice(1, -1);
}

function writeTag({ etag }: Pick<SummaryWithETag, "etag">): string {
  return `"@odata.etag":${JSON.stringify(etag)}`;
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
