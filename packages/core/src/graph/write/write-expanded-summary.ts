import { formatSummaryContext } from "../../resource/format-summary.ts";
import { installSummaryType } from "../../resource/install-summary.ts";
import type { AppJson } from "../../store/store.ts";
import type { MetadataLevel } from "../headers/negotiate.ts";
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

/** Writes the summary that is expanded inside its app, including the names before it. */
export function writeExpandedSummary(app: AppJson, { base, metadata, select }: SummaryForm): string {
  const properties = select === undefined ? app.summary.slice(1, -1) : pick(app.summary, select);
  if (metadata === "none") return `"installSummary":{${properties}}`;
  const context = `"installSummary@odata.context":"${formatSummaryContext(app.id, { base, select })}"`;
  const more = metadata === "full" ? `${writeLinks(app.id)},` : "";
  const control = `${writeTag(app)},"@odata.type":"${installSummaryType}",${more}`;
  return `${context},"installSummary":{${control}${properties}}`;
}

/** A list of names in a context URL, empty where nothing is selected. Source: OData Protocol 4.01 §10.7. */
export function formatSelected(names: readonly string[]): string {
  return names.length === 0 ? "" : `(${names.join(",")})`;
}

/** The selected members of a JSON object, in the order that they have there. */
function pick(json: string, select: readonly string[]): string {
  const members = Object.entries(JSON.parse(json)).filter(([name]) => select.includes(name));
  return JSON.stringify(Object.fromEntries(members)).slice(1, -1);
}

function writeTag({ etag }: Pick<AppJson, "etag">): string {
  return `"@odata.etag":${JSON.stringify(etag)}`;
}

function writeLinks(id: string): string {
  const link = `${appsPath}('${id}')/installSummary`;
  return `"@odata.id":"${link}","@odata.editLink":"${link}"`;
}
