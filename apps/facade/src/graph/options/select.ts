import { nearestName, visibleText } from "@install-summary/core/text";
import { findName, type EntityType } from "../model/entity-type.ts";
import { invalidQueryOption } from "./query-options.ts";

/** The names that a `$select` picks, each once and as the type spells them; undefined for all of them. */
export type Selection = readonly string[] | undefined;

/** Parses a `$select` of a type. Throws `GraphError` 400 for a name that the type does not have. */
export function parseSelect(text: string, type: EntityType): Selection {
  const names = [...type.properties, ...type.navigation];
  const items = text.split(",").map((item) => item.trim());
  const selected = new Set(
    items.map((item) => {
      const name = item === "*" ? item : findName(names, item);
      if (name === undefined) throw propertyNotFound(item, type, names);
      return name;
    }),
  );
  return selected.has("*") ? undefined : [...selected];
}

/** The 400 for a name that a type does not have. */
export function propertyNotFound(text: string, { name }: EntityType, candidates: readonly string[]): Error {
  const nearest = nearestName(text, candidates);
  const help = nearest === undefined ? "" : ` Did you mean '${nearest}'?`;
  return invalidQueryOption(
    `Parsing OData Select and Expand failed: Could not find a property named '${visibleText(text, 64)}' on type '${name}'.${help}`,
  );
}
