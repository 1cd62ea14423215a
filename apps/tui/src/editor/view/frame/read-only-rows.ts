import type { EditorState } from "../../model/editor-state.ts";
import type { Glyphs } from "../glyphs.ts";
import type { KeyRow, Section } from "./key-rows.ts";

/** What the keys of a place depend on: whether changes are forbidden, and what is staged all the same. */
export type Permission = Pick<EditorState, "isReadOnly" | "staging">;

/** The sections of a place without the keys that are refused there where every change is forbidden. */
export function permittedSections(
  place: string,
  sections: readonly Section[],
  { isReadOnly, staging }: Permission,
  { keys }: Glyphs,
): readonly Section[] {
  if (!isReadOnly) return sections;
  const changing: Readonly<Record<string, readonly string[]>> = {
    counters: ["0-9", "+ -", keys.enter, "paste"],
    review: ["y", "e"],
    conflict: ["e  0-9 + -"],
    results: ["u", "U"],
    history: ["u"],
  };
  const isBrowsing = place === "list" || place === "counters";
  // The review shows what drafts have brought back, and nothing else.
  const opensNothing = isBrowsing && staging.apps.size === 0 ? ["s"] : [];
  const refused = new Set([...(changing[place] ?? []), ...opensNothing]);
  // No number can be typed.
  const possible = sections.filter(({ opensByNumber }) => opensByNumber !== true);
  return possible.map((section) => ({
    ...section,
    keys: section.keys.flatMap((row) => permittedRow(row, refused)),
  }));
}

function permittedRow(row: KeyRow, refused: ReadonlySet<string>): readonly KeyRow[] {
  const [keys, , apart] = row;
  if (apart === undefined || refused.has(keys)) return refused.has(keys) ? [] : [row];
  const left = apart.filter(([key]) => !refused.has(key));
  // Several keys may do the same, of which one alone has its label.
  return left.length === apart.length ? [row] : left;
}
