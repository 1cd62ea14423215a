import type { MobileApp, VersionedSummary } from "@install-summary/core";
import type { MetadataLevel } from "../headers/accept.ts";
import { appContext, appsContext, appsPath, type AppShape } from "./context-url.ts";
import { mobileAppType } from "../model/entity-type.ts";
import type { Selection } from "../options/select.ts";
import { writeExpandedSummary } from "./write-summary.ts";

/** An app with its summary. */
export interface AppWithSummary extends VersionedSummary {
  readonly app: MobileApp;
}

/** How apps are represented. */
export interface AppForm extends AppShape {
  /** The base URL, ending in `/beta`. */
  readonly base: string;
  readonly metadata: MetadataLevel;
}

/** What a page of apps holds beside them. */
export interface PageLinks {
  readonly count?: number | undefined;
  readonly nextLink?: string | undefined;
}

/** Writes one app as the answer to a request for it. */
export function writeApp(stored: AppWithSummary, form: AppForm): string {
  const members = writeMembers(stored, form);
  if (form.metadata === "none") return `{${members}}`;
  return `{"@odata.context":"${appContext(form.base, form)}",${members}}`;
}

/** Writes a page of apps. */
export function writeApps(
  apps: readonly AppWithSummary[],
  form: AppForm,
  { count, nextLink }: PageLinks = {},
): string {
  const members = [
    ...(form.metadata === "none" ? [] : [`"@odata.context":"${appsContext(form.base, form)}"`]),
    ...(count === undefined ? [] : [`"@odata.count":${count}`]),
    ...(nextLink === undefined ? [] : [`"@odata.nextLink":${JSON.stringify(nextLink)}`]),
    `"value":[${apps.map((app) => `{${writeMembers(app, form)}}`).join(",")}]`,
  ];
  return `{${members.join(",")}}`;
}

function writeMembers(stored: AppWithSummary, form: AppForm): string {
  const { base, metadata, select, expand } = form;
  const { app } = stored;
  const properties =
    select === undefined && metadata === "minimal" ? writeWhole(app) : writeSelected(app, select, metadata);
  if (expand === undefined) return properties;
  const summary = writeExpandedSummary(stored, { base, metadata, select: expand.select });
  return properties === "" ? summary : `${properties},${summary}`;
}

/** What `writeSelected` writes of a whole app with minimal metadata, for the pages that are asked for most. */
function writeWhole(app: MobileApp): string {
  return (
    `"@odata.type":${quote(app["@odata.type"])},"id":"${app.id}",` +
    `"displayName":${quote(app.displayName)},` +
    `"description":${quote(app.description)},` +
    `"publisher":${quote(app.publisher)},` +
    `"createdDateTime":"${app.createdDateTime}",` +
    `"lastModifiedDateTime":"${app.lastModifiedDateTime}",` +
    `"isFeatured":${app.isFeatured},` +
    `"privacyInformationUrl":${quote(app.privacyInformationUrl)},` +
    `"informationUrl":${quote(app.informationUrl)},` +
    `"owner":${quote(app.owner)},` +
    `"developer":${quote(app.developer)},` +
    `"notes":${quote(app.notes)},` +
    `"publishingState":"${app.publishingState}",` +
    `"isAssigned":${app.isAssigned}`
  );
}

function writeSelected(app: MobileApp, select: Selection, metadata: MetadataLevel): string {
  const isSelected = (name: string): boolean => select === undefined || select.includes(name);
  const values = new Map<string, unknown>(Object.entries(app));
  const link = `${appsPath}('${app.id}')`;
  const members: [string, unknown][] = [];
  if (metadata !== "none") members.push(["@odata.type", app["@odata.type"]]);
  if (metadata === "full") members.push(["@odata.id", link], ["@odata.editLink", link]);
  for (const name of mobileAppType.properties.filter(isSelected)) {
    const type = metadata === "full" ? annotatedTypes.get(name) : undefined;
    if (type !== undefined) members.push([`${name}@odata.type`, type]);
    members.push([name, values.get(name)]);
  }
  if (metadata === "full" && isSelected("installSummary")) {
    members.push(["installSummary@odata.associationLink", `${link}/installSummary/$ref`]);
    members.push(["installSummary@odata.navigationLink", `${link}/installSummary`]);
  }
  return JSON.stringify(Object.fromEntries(members)).slice(1, -1);
}

/** The types that a reader cannot tell from the JSON value. */
const annotatedTypes: ReadonlyMap<string, string> = new Map([
  ["createdDateTime", "#DateTimeOffset"],
  ["lastModifiedDateTime", "#DateTimeOffset"],
  ["publishingState", "#microsoft.graph.mobileAppPublishingState"],
]);

// Blank to tilde without the quote and the backslash.
const plain = /^[ !#-[\]-~]*$/;

/** A JSON text, or null; most texts need no escape, which is quicker seen than made. */
function quote(text: string | null): string {
  if (text === null) return "null";
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}
