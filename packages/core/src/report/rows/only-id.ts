import { isAppId } from "../../resource/app-id.ts";
import { areGraphNames } from "./column-names.ts";

/**
 * The id of a row whose values may be in the wrong columns: its only GUID, in lower case. Two rows of one app count as such
 * although one of them cannot be read, since nobody knows which of them is right.
 */
export function onlyId(cells: readonly string[]): string | undefined {
  const [id, ...others] = new Set(cells.map((cell) => cell.trim().toLowerCase()).filter(isAppId));
  return others.length === 0 ? id : undefined;
}

/** The id of a row whose names are wrong: that of its id column, which may be there twice. Only without one is it `onlyId`. */
export function namedId(columns: readonly string[], cells: readonly string[]): string | undefined {
  const idName = areGraphNames(columns) ? "id" : "applicationid";
  const ids = cells.filter((_, index) => columns[index]?.trim().toLowerCase() === idName);
  return onlyId(ids.length > 0 ? ids : cells);
}
