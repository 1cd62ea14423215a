import { isAppId } from "../../resource/app-id.ts";

/**
 * The id of a row whose values may be in the wrong columns: its only GUID, in lower case. Two rows of one app count as such
 * although one of them cannot be read, since nobody knows which of them is right.
 */
export function onlyId(cells: readonly string[]): string | undefined {
  const ids = new Set(cells.map((cell) => cell.trim().toLowerCase()).filter(isAppId));
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}
