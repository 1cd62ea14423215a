import type { StoredApp } from "./memory-store.ts";
import { invalidOption } from "./parse-options.ts";

/**
 * Parses `$search`: words that must all be in an app's name or publisher. Words in quotes count as one, and
 * `"displayName:word"` looks in that property alone. Throws `GraphError` 400 for other operators and properties.
 */
export function parseSearch(search: string | undefined): (app: StoredApp) => boolean {
  const terms = search?.match(/"[^"]*"|[^\s"]+/g) ?? [];
  const conditions = terms.filter((term) => term !== "AND").map(parseTerm);
  return (app) => conditions.every((isFound) => isFound(app));
}

function parseTerm(term: string): (app: StoredApp) => boolean {
  if (term === "OR" || term === "NOT") throw invalidOption(`$search does not support ${term}.`);
  const [, property, text = ""] = /^"([a-z]+):(.*)"$/i.exec(term) ?? [
    undefined,
    undefined,
    term.replaceAll('"', ""),
  ];
  const word = text.toLowerCase();
  const names =
    property === undefined
      ? searched
      : searched.filter((name) => name.toLowerCase() === property.toLowerCase());
  if (names.length === 0) throw invalidOption("$search looks in displayName and publisher only.");
  return ({ app }) => names.some((name) => (app[name] ?? "").toLowerCase().includes(word));
}

const searched = ["displayName", "publisher"] as const;
