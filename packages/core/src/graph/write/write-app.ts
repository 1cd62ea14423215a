import { appProperties, type EdmType } from "../model/edm-properties.ts";
import type { AppJson } from "../../store/store.ts";
import type { MetadataLevel } from "../headers/negotiate.ts";
import type { Expansion } from "../options/expand.ts";
import type { Selection } from "../options/select.ts";
import { appsPath, formatSelected, writeExpandedSummary } from "./write-expanded-summary.ts";

/** How apps are represented. */
export interface AppForm {
  /** The base URL, ending in `/beta`. */
  readonly base: string;
  readonly metadata: MetadataLevel;
  readonly select: Selection;
  readonly expand: Expansion | undefined;
}

/** What a page of apps holds beside them. */
export interface PageLinks {
  readonly count?: number | undefined;
  readonly nextLink?: string | undefined;
}

/** Writes one app as the response to a request for it. */
export function writeApp(app: AppJson, form: AppForm): string {
  const members = writeMembers(app, form);
  if (form.metadata === "none") return `{${members}}`;
  return `{"@odata.context":"${appsContext(form)}/$entity",${members}}`;
}

/** Writes a page of apps. */
export function writeApps(
  apps: readonly AppJson[],
  form: AppForm,
  { count, nextLink }: PageLinks = {},
): string {
  const members = [
    ...(form.metadata === "none" ? [] : [`"@odata.context":"${appsContext(form)}"`]),
    ...(count === undefined ? [] : [`"@odata.count":${count}`]),
    ...(nextLink === undefined ? [] : [`"@odata.nextLink":${JSON.stringify(nextLink)}`]),
    `"value":[${apps.map((app) => `{${writeMembers(app, form)}}`).join(",")}]`,
  ];
  return `{${members.join(",")}}`;
}

/** The context URL of a page. Source: OData Protocol 4.01 §10, with Graph's way of writing expanded names. */
function appsContext({ base, select = [], expand }: AppForm): string {
  const names = expand === undefined ? select : select.filter((name) => name !== "installSummary");
  const expanded = expand === undefined ? [] : [`installSummary(${(expand.select ?? []).join(",")})`];
  return `${base}/$metadata#${appsPath}${formatSelected([...names, ...expanded])}`;
}

function writeMembers(app: AppJson, form: AppForm): string {
  const { base, metadata, select, expand } = form;
  const properties =
    select === undefined && metadata === "minimal" ? writeWhole(app) : writeSelected(app, select, metadata);
  if (expand === undefined) return properties;
  const summary = writeExpandedSummary(app, { base, metadata, select: expand.select });
  return properties === "" ? summary : `${properties},${summary}`;
}

/** The same as `writeSelected` for a whole app with minimal metadata, without parsing: for the most frequent pages. */
function writeWhole({ type, properties }: AppJson): string {
  return `"@odata.type":${JSON.stringify(type)},${properties.slice(1, -1)}`;
}

function writeSelected(app: AppJson, select: Selection, metadata: MetadataLevel): string {
  const isSelected = (name: string): boolean => select === undefined || select.includes(name);
  const values = new Map<string, unknown>(Object.entries(JSON.parse(app.properties)));
  const link = `${appsPath}('${app.id}')`;
  const members: [string, unknown][] = [];
  if (metadata !== "none") members.push(["@odata.type", app.type]);
  if (metadata === "full") members.push(["@odata.id", link], ["@odata.editLink", link]);
  for (const { name, type } of appProperties.filter((property) => isSelected(property.name))) {
    const annotation = metadata === "full" ? typeAnnotation(type) : undefined;
    if (annotation !== undefined) members.push([`${name}@odata.type`, annotation]);
    members.push([name, values.get(name)]);
  }
  if (metadata === "full" && isSelected("installSummary")) {
    members.push(["installSummary@odata.associationLink", `${link}/installSummary/$ref`]);
    members.push(["installSummary@odata.navigationLink", `${link}/installSummary`]);
  }
  return JSON.stringify(Object.fromEntries(members)).slice(1, -1);
}

/**
 * How full metadata names a type that the JSON value does not show; undefined for the others. Source: OData JSON
 * Format 4.01 §4.5.3.
 */
function typeAnnotation(type: EdmType): string | undefined {
  switch (type) {
    case "Edm.String":
    case "Edm.Boolean":
    case "Edm.Int32":
      return undefined;
    case "Edm.DateTimeOffset":
      return "#DateTimeOffset";
    case "microsoft.graph.mobileAppPublishingState":
      return `#${type}`;
  }
}
