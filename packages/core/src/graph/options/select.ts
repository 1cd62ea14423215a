import { nearestName } from "../../text/nearest-name.ts";
import { visibleText } from "../../text/visible-text.ts";
import { asciiLowerCase } from "../../text/ascii-case.ts";
import { helpWithAbsent } from "../model/data-elsewhere.ts";
import { findName, type EntityType } from "../model/entity-type.ts";
import { invalidQueryOption } from "./query-options.ts";

/** The names that a `$select` picks, each once and as the type spells them; undefined for all of them. */
export type Selection = readonly string[] | undefined;

/**
 * Parses a `$select` of a type. Control information, such as `@odata.type`, is sent anyway: to select it changes
 * nothing. Throws `GraphError` 400 for a name that the type does not have.
 */
export function parseSelect(text: string, type: EntityType): Selection {
  const names = [...type.properties, ...type.navigation];
  const selected = new Set<string>();
  for (const item of text.split(",").map((one) => one.trim())) {
    const name = item === "*" ? item : findName(names, item);
    if (name !== undefined) selected.add(name);
    else if (!isControlInformation(item, names)) throw propertyNotFound(item, type, names);
  }
  return selected.has("*") || selected.size === 0 ? undefined : [...selected];
}

/** The 400 for a name that a type does not have. */
export function propertyNotFound(text: string, type: EntityType, candidates: readonly string[]): Error {
  const found = `Could not find a property named '${visibleText(text, 64)}' on type '${type.name}'.`;
  return invalidQueryOption(
    `Parsing OData Select and Expand failed: ${found}${help(text, type, candidates)}`,
  );
}

function help(text: string, type: EntityType, candidates: readonly string[]): string {
  const absent = helpWithAbsent(text, type);
  if (absent !== undefined) return ` ${absent} Leave it out.`;
  const nearest = nearestName(text, candidates);
  return nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
}

/** Whether a name is control information of the entity or of one of its properties. Source: OData JSON Format 4.01 §4.6. */
function isControlInformation(item: string, names: readonly string[]): boolean {
  const [, property = "", annotation = ""] = /^([^@]*)@(?:odata\.)?([a-z]+)$/i.exec(item) ?? [];
  const isKnown = property === "" || findName(names, property) !== undefined;
  return isKnown && controlInformation.has(asciiLowerCase(annotation));
}

const controlInformation: ReadonlySet<string> = new Set(
  "context type id etag editlink readlink count nextlink navigationlink associationlink".split(" "),
);
