import type { EditorState } from "../model/editor-state.ts";
import { sortChoices, sortLabel, type Sort } from "../model/sort.ts";

/** What the list is sorted by, and the letters that sort it by something else. */
export function plainSort({ list: { sort } }: EditorState): readonly string[] {
  const choices = sortChoices.map(({ key, label }) => `${key} ${label}`).join(", ");
  return [
    `Sorted by ${sortLabel(sort)}, ${directionText(sort)}.`,
    `Type a letter: ${choices}; u for ${sort.users ? "devices" : "users"}, r for the reverse, or back.`,
  ];
}

function directionText({ column, descending }: Sort): string {
  if (column === "name") return descending ? "from Z to A" : "from A to Z";
  if (column === "changed") return descending ? "the latest first" : "the latest last";
  return descending ? "the highest first" : "the lowest first";
}
