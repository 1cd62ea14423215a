import { visibleText } from "../../text/visible-text.ts";
import { findName, installSummaryEntityType, mobileAppType } from "../model/entity-type.ts";
import { invalidQueryOption, parseNestedOptions, pickSystemOptions } from "./query-options.ts";
import { parseSelect, propertyNotFound, type Selection } from "./select.ts";

/** An expanded install summary. */
export interface Expansion {
  /** The members of the summary inside the app. */
  readonly select: Selection;
}

/** Parses a `$expand` of mobile apps: `installSummary`, `installSummary($select=…)`, `*`. Throws `GraphError` 400 for anything else. */
export function parseExpand(text: string): Expansion {
  const [expansion, second] = splitItems(text).map(parseItem);
  if (expansion === undefined || second !== undefined) throw failed("'installSummary' is expanded twice.");
  return expansion;
}

function parseItem(item: string): Expansion {
  const at = item.indexOf("(");
  const name = (at === -1 ? item : item.slice(0, at)).trim();
  const isKnown = findName(mobileAppType.navigation, name) !== undefined || item === "*";
  if (!isKnown) throw propertyNotFound(name, mobileAppType, mobileAppType.navigation);
  if (at === -1) return { select: undefined };
  const inside = item.slice(at + 1, -1);
  // Nothing that may be inside has brackets of its own.
  if (!item.endsWith(")") || /[()]/.test(inside)) {
    throw failed(`The bracket after '${visibleText(name, 64)}' is not closed.`);
  }
  const nested = parseNestedOptions(inside);
  const select = pickSystemOptions(nested, ["$select"]).get("$select");
  return { select: select === undefined ? undefined : parseSelect(select, installSummaryEntityType) };
}

/** Splits at the commas outside brackets. */
function splitItems(text: string): readonly string[] {
  const items: string[] = [];
  let item = "";
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character === "," && depth === 0) {
      items.push(item.trim());
      item = "";
    } else {
      item += character;
    }
  }
  return [...items, item.trim()];
}

function failed(why: string): Error {
  return invalidQueryOption(`Parsing OData Select and Expand failed: ${why}`);
}
