import { counterNames, isCounterName } from "./counters.ts";
import { installSummaryType, type InstallSummary } from "./install-summary.ts";
import { requireSummary } from "./require-summary.ts";
import { notFit, requireMembers } from "../text/require-members.ts";

/** How a summary is represented in a response. */
export interface SummaryFormat {
  /** The base URL of the service, ending in the version, such as `http://127.0.0.1:8420/beta`; a slash behind it is left out. */
  readonly base: string;
  /** How much control information the response has; `minimal` by default. Source: OData JSON Format 4.01 §3.1. */
  readonly metadata?: "minimal" | "full" | "none" | undefined;
  /** The properties that `$select` names; all without it. */
  readonly select?: readonly string[] | undefined;
  /** The ETag, which full metadata repeats in the body. */
  readonly etag?: string | undefined;
}

/**
 * Formats a summary as the body of the response to a GET or PATCH: JSON with the context, the type, the id and the ten
 * counters, in the specification's order. Throws `TypeError` for anything but a whole summary and a
 * format with a base.
 */
export function formatSummary(summary: InstallSummary, format: SummaryFormat): string {
  requireFormat("formatSummary", format);
  requireSummary("summary of formatSummary", summary);
  const { base, metadata = "minimal", select, etag } = format;
  if (!levels.includes(metadata))
    throw notFit("format.metadata of formatSummary", metadata, levels.join(" or "));
  const id = escapeJson(summary.id);
  const properties = formatProperties(summary, id, select);
  if (metadata === "none") return `{${properties}}`;
  const context = formatSummaryContext(id, { base: escapeJson(base), select });
  const control = `"@odata.context":"${context}","@odata.type":"${installSummaryType}"`;
  const more = metadata === "full" ? `,${formatLinks(id, etag)}` : "";
  return `{${control}${more}${properties === "" ? "" : `,${properties}`}}`;
}

const levels: readonly string[] = ["minimal", "full", "none"];

/** Formats the context URL of one app's summary, on its own or inside its app. Source: OData Protocol 4.01 §10. */
export function formatSummaryContext(id: string, format: Pick<SummaryFormat, "base" | "select">): string {
  if (typeof id !== "string") throw notFit("id of formatSummaryContext", id, "a text");
  requireFormat("formatSummaryContext", format);
  const { base, select = [] } = format;
  const selected = select.length === 0 ? "" : `(${select.join(",")})`;
  const place = base.endsWith("/") ? base.replace(/\/+$/, "") : base;
  return `${place}/$metadata#deviceAppManagement/mobileApps('${id}')/installSummary${selected}/$entity`;
}

function requireFormat(of: string, format: Pick<SummaryFormat, "base" | "select">): void {
  requireMembers(`format of ${of}`, format);
  const { base, select = [] } = format;
  if (typeof base !== "string") throw notFit(`format.base of ${of}`, base, "a text");
  if (!Array.isArray(select)) throw notFit(`format.select of ${of}`, select, "a list");
  for (const name of select) {
    if (name !== "id" && !isCounterName(name))
      throw notFit(`each name in format.select of ${of}`, name, "id or a counter");
  }
}

/** A text as JSON has it between quotes. Nearly all are plain, which a pattern sees sooner than `JSON.stringify`. */
function escapeJson(text: string): string {
  return /["\\\p{Cc}\p{Cs}]/u.test(text) ? JSON.stringify(text).slice(1, -1) : text;
}

/** Of an id that is escaped. */
function formatLinks(id: string, etag: string | undefined): string {
  const link = `"deviceAppManagement/mobileApps('${id}')/installSummary"`;
  const links = `"@odata.id":${link},"@odata.editLink":${link}`;
  return etag === undefined ? links : `"@odata.etag":${JSON.stringify(etag)},${links}`;
}

function formatProperties(summary: InstallSummary, id: string, select: SummaryFormat["select"]): string {
  if (select !== undefined) {
    return ["id", ...counterNames]
      .filter((name) => select.includes(name))
      .map((name) => `"${name}":${isCounterName(name) ? summary[name] : `"${id}"`}`)
      .join(",");
  }
  // Written out, because a server does little else on a read.
  return (
    `"id":"${id}",` +
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
