import type { CounterState } from "@install-summary/core";
import { stateLabels } from "@install-summary/core/text";
import { formatCount } from "../../../words/format-count.ts";
import { shortId } from "../../../words/app-identity.ts";
import { platformCode, platformName } from "../../../words/platform.ts";
import { wideList } from "../../model/layout.ts";
import { countOf, failsOften, totalOf, type Sort } from "../../model/sort.ts";
import { states } from "../../model/counter-grid.ts";
import { compactShare } from "../counters/share-text.ts";
import type { Glyphs } from "../glyphs.ts";
import { alignRight, cutText } from "../../../text/cut.ts";
import { dim, wrong, type Span } from "../line.ts";
import { outsideText } from "../outside-text.ts";
import { widthOf } from "../../../text/width.ts";
import type { KnownApp } from "../../../words/known-app.ts";

/** A column of the list beside the names. */
export interface ListColumn {
  readonly head: string;
  /** The column of the sort that this one shows. */
  readonly sortedBy: Sort["column"] | undefined;
  readonly isText: boolean;
  /** In cells, with the blanks that set it off. */
  readonly width: number;
  readonly cell: (app: KnownApp) => Span;
}

/** Names keep this much before a wide list gets another column. */
const nameRoom = 40;

/**
 * The columns that there is room for: the platform, the number that the list is sorted by, and its share; in a wide list
 * more of what the apps on the screen are.
 */
export function columnsFor(
  apps: readonly KnownApp[],
  sort: Sort,
  glyphs: Glyphs,
  width: number,
): readonly ListColumn[] {
  const isWide = width >= wideList;
  const main = mainState(sort);
  const count = (state: CounterState, least: number): ListColumn => countColumn(apps, state, sort, least);
  const always = [codeColumn(glyphs), count(main, isWide ? 11 : 6), shareColumn(main, sort, isWide ? 8 : 6)];
  if (!isWide) return always;
  const others = states.filter((state) => state !== main);
  const wanted: readonly ListColumn[] = [
    publisherColumn(glyphs),
    idColumn(glyphs),
    ...others.filter((state) => state !== "installed").map((state) => count(state, 11)),
  ];
  const [code, ...numbers] = always;
  const platform = platformColumn(glyphs);
  const installed = main === "installed" ? [] : [count("installed", 11)];
  let room = width - [...always, ...installed].reduce((sum, column) => sum + column.width, 0);
  const hasNames = room - 5 >= nameRoom;
  const texts: ListColumn[] = [hasNames || code === undefined ? platform : code];
  const more: ListColumn[] = [];
  for (const column of wanted) {
    if (room - 5 - column.width < nameRoom) break;
    room -= column.width;
    (column.isText ? texts : more).push(column);
  }
  return [...texts, ...installed, ...more, ...numbers];
}

/** The counter that the list is about: the one that it is sorted by, else the failed ones. */
function mainState({ column }: Sort): CounterState {
  return column === "share" || column === "name" || column === "changed" ? "failed" : column;
}

const heads: { readonly [State in CounterState]?: string } = {
  notApplicable: "N/A",
  notInstalled: "Not inst",
};

function countColumn(apps: readonly KnownApp[], state: CounterState, sort: Sort, least: number): ListColumn {
  const text = (app: KnownApp): string => formatCount(countOf(app, state, sort.users));
  // A number is never cut: the name makes way for it.
  const width = Math.max(least, ...apps.map((app) => text(app).length + 1));
  return {
    head: heads[state] ?? stateLabels[state].shortLabel,
    sortedBy: state,
    isText: false,
    width,
    cell: (app) => ({ text: alignRight(text(app), width) }),
  };
}

function shareColumn(state: CounterState, sort: Sort, width: number): ListColumn {
  return {
    head: "Share",
    sortedBy: "share",
    isText: false,
    width,
    cell: (app) => {
      const text = alignRight(compactShare(countOf(app, state, sort.users), totalOf(app, sort.users)), width);
      return state === "failed" && failsOften(app, sort) ? wrong(text) : dim(text);
    },
  };
}

function textColumn(
  head: string,
  width: number,
  text: (app: KnownApp) => string,
  glyphs: Glyphs,
): ListColumn {
  return {
    head,
    sortedBy: undefined,
    isText: true,
    width,
    cell: (app) => {
      const shown = cutText(outsideText(text(app), glyphs), width - 1, glyphs.ellipsis);
      return dim(` ${shown}${" ".repeat(Math.max(0, width - 1 - widthOf(shown)))}`);
    },
  };
}

const codeColumn = (glyphs: Glyphs): ListColumn => textColumn("", 5, platformCode, glyphs);
const platformColumn = (glyphs: Glyphs): ListColumn => textColumn("Platform", 10, platformName, glyphs);
const publisherColumn = (glyphs: Glyphs): ListColumn =>
  textColumn("Publisher", 22, ({ publisher }) => publisher ?? "", glyphs);
const idColumn = (glyphs: Glyphs): ListColumn => textColumn("Id", 10, shortId, glyphs);
