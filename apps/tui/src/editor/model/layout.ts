/** How big the terminal is, in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Where things are on the screen of a size. */
export type Layout =
  | { readonly kind: "tooSmall" }
  | { readonly kind: "onePane"; readonly body: number }
  | { readonly kind: "twoPanes"; readonly body: number; readonly left: number; readonly right: number };

/** The smallest terminal that the editor fits into. */
export const smallest: Size = { columns: 40, rows: 12 };

/** The app's pane takes what its table needs and no more than reads well; the list gets the rest. */
const narrowestPane = 39;
const widestPane = 70;

/** With less width than this there is one pane, and what is one row elsewhere takes two. */
export const narrow = 80;
/** With fewer rows than this nothing is left blank. */
export const roomy = 14;
/** Numbers far from their names are hard to read, so a wide screen is not used whole for one pane. */
export const widestPage = 100;

/** From this width on the list has columns for numbers, with a line above that names them. */
export const wideList = 56;

/** What a terminal of a size has room for. */
export function layoutOf({ columns, rows }: Size): Layout {
  if (columns < smallest.columns || rows < smallest.rows) return { kind: "tooSmall" };
  // Header, rule, body, a line for what happened last, keys; two panes have a second rule.
  if (columns < narrow) return { kind: "onePane", body: rows - 4 };
  const right = Math.min(widestPane, Math.max(narrowestPane, Math.floor(columns * 0.47)));
  return { kind: "twoPanes", body: rows - 5, left: columns - right - 1, right };
}

/** How many apps the list shows at once. */
export function listRows(size: Size): number {
  const layout = layoutOf(size);
  if (layout.kind === "tooSmall") return 0;
  const width = layout.kind === "onePane" ? size.columns : layout.left;
  return width >= wideList ? layout.body - 1 : layout.body;
}

/** How far a page goes in review and results, where a line may take several rows. */
export function linesOfPage({ rows }: Size): number {
  return Math.max(1, Math.floor((rows - 8) / 2));
}
