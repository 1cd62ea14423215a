import type { CounterState } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { stateLabels } from "@install-summary/core/text";
import { formatCount } from "../../../words/format-count.ts";
import { states } from "../../model/counter-grid.ts";
import { countOf, failsOften, type Sort } from "../../model/sort.ts";
import { shareText } from "../counters/bar-line.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, bold, dim, line, spread, wrong, type Line, type Span } from "../line.ts";

const abbreviations: { readonly [State in CounterState]?: string } = {
  notApplicable: "N/A",
  notInstalled: "Not inst",
};

const countWidth = 10;
const shareWidth = 8;

/** In a wide list: who has it installed, what the list is sorted by, and its share. */
function columnsOf({ column }: Sort): readonly [CounterState, CounterState] {
  const isCounter = column !== "share" && column !== "name" && column !== "changed" && column !== "installed";
  return ["installed", isCounter ? column : "failed"];
}

/** The line above the columns. */
export function columnHeads(sort: Sort, glyphs: Glyphs, width: number): Line {
  const arrow = ` ${sort.descending ? glyphs.descending : glyphs.ascending}`;
  const head = (text: string, column: Sort["column"], cells: number): Span => {
    const isSorted = sort.column === column;
    const shown = alignRight(isSorted ? text + arrow : text, cells);
    return isSorted ? bold(shown) : dim(shown);
  };
  const [first, second] = columnsOf(sort);
  const app = sort.column === "name" ? bold(`   App${arrow}`) : dim("   App");
  const counts = [first, second].map((column) =>
    head(abbreviations[column] ?? stateLabels[column].shortLabel, column, countWidth),
  );
  const whom = sort.users ? dim(" (users)") : undefined;
  return spread(
    line(app, whom),
    line(...counts, head("Share", "share", shareWidth), " "),
    width,
    glyphs.ellipsis,
  );
}

/** The numbers of an app, in their columns. */
export function columnNumbers(app: ListedApp, sort: Sort): Line {
  const [first, second] = columnsOf(sort);
  const all = states.reduce((sum, state) => sum + countOf(app, state, sort.users), 0);
  const count = (column: CounterState): string => formatCount(countOf(app, column, sort.users));
  const share = shareText(countOf(app, second, sort.users), all);
  const isBad = second === "failed" && failsOften(app, sort);
  const shareCell = alignRight(share, shareWidth);
  return line(
    alignRight(count(first), countWidth),
    alignRight(count(second), countWidth),
    isBad ? wrong(shareCell) : dim(shareCell),
  );
}
