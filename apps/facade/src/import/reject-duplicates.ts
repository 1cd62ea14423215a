import type { RejectedRow } from "@install-summary/core/report";
import type { StagedApp } from "./group-by-app.ts";

const maxPlaces = 10;

/**
 * Rejects the rows about one app, each with the places of the others, since any of them may be the right one. `names` are
 * those of the files, where there are several.
 */
export function rejectDuplicates(
  { appId, rows, count }: Extract<StagedApp, { kind: "several" }>,
  names: readonly string[],
): readonly RejectedRow[] {
  const first = rows.slice(0, maxPlaces + 1);
  return rows.map((row) => {
    const others = first.filter((other) => other !== row).slice(0, maxPlaces);
    const places = others.map((other) => formatPlace(other, names));
    const also = `The app is also in ${listPlaces(places, count - 1)}; one row per app is read.`;
    return { column: "ApplicationId", ...row, id: appId, problem: `${row.problem} ${also}`.trimStart() };
  });
}

/** Where a row is, for a sentence: its line, and its file where there are several. */
export function formatPlace(
  { file, line }: Pick<RejectedRow, "line" | "file">,
  names: readonly string[],
): string {
  return file === undefined ? `line ${line}` : `${names[file - 1] ?? `file ${file}`}, line ${line}`;
}

function listPlaces(places: readonly string[], count: number): string {
  const isOneFile = places.every((place) => place.startsWith("line "));
  const shown = isOneFile ? places.map((place) => place.slice("line ".length)) : places;
  const rest = count - places.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const [last, ...before] = parts.toReversed();
  const list =
    before.length === 0 ? last : `${before.toReversed().join(isOneFile ? ", " : "; ")} and ${last}`;
  if (!isOneFile) return `${list}`;
  return `${count === 1 ? "line" : "lines"} ${list}`;
}
