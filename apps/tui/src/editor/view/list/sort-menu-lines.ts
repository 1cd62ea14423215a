import type { EditorState } from "../../model/editor-state.ts";
import { sortChoices } from "../../model/sort.ts";
import type { Glyphs } from "../glyphs.ts";
import { bold, dim, line, lineWidth, type Line } from "../line.ts";

/** The sort menu, as many choices in a row as fit. */
export function sortMenuLines({ list }: EditorState, glyphs: Glyphs, width: number): readonly Line[] {
  const { sort } = list;
  const arrow = sort.descending ? glyphs.descending : glyphs.ascending;
  const choices = sortChoices.map(({ key, column, label }) =>
    column === sort.column ? line(bold(`${key} ${label} ${arrow}`)) : line(bold(key), dim(` ${label}`)),
  );
  const whom = sort.users ? "devices" : "users";
  const all = [
    line(bold("Sort by")),
    ...choices,
    line(bold("u"), dim(` ${whom}`)),
    line(bold("r"), dim(" reverse")),
  ];
  const rows: Line[] = [];
  let row: Line = [];
  for (const choice of all) {
    const longer = line(row.length === 0 ? " " : line(row, "   "), choice);
    if (lineWidth(longer) <= width) {
      row = longer;
      continue;
    }
    rows.push(row);
    row = line("   ", choice);
  }
  return [...rows, row];
}
