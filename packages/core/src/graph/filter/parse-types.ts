import type { AppFilter } from "../../store/app-filter.ts";
import { nearestName } from "../../text/nearest-name.ts";
import { visibleText } from "../../text/visible-text.ts";
import { appTypes, findAppType, isAppOfType } from "../model/app-types.ts";
import type { ClauseReader } from "./clause-reader.ts";

/**
 * Parses the type inside `isof(…)`, with or without quotes, `#` and the namespace's first word. An app matches that is of
 * this type or of one that derives from it.
 */
export function parseTypes(reader: ClauseReader): AppFilter {
  const token = reader.peek();
  if (token.kind !== "text" && token.kind !== "word") throw reader.unexpected("The name of a type");
  reader.next();
  const name = token.text.trim().replace(/^#/, "");
  const type = findAppType(name);
  if (type === undefined) {
    const nearest = nearestName(name, appTypes);
    const why = `'${visibleText(name, 64)}' is not a type of app`;
    throw reader.fail(why, token, nearest && `Did you mean '${nearest}'?`);
  }
  // An app may have a type that is not known here, and is a mobileApp all the same.
  if (type === "microsoft.graph.mobileApp") return { kind: "and", operands: [] };
  return { kind: "isOf", types: appTypes.filter((one) => isAppOfType(one, type)).map((one) => `#${one}`) };
}
