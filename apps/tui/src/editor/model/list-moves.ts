import { appInRow, currentApp, type AppList } from "./app-list.ts";
import { arrangeAll } from "./arrange.ts";
import type { Sort } from "./sort.ts";
import type { Staging } from "./staging.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Goes to a row, at most the first or the last one. */
export function moveTo(list: AppList, row: number): AppList {
  const cursorRow = Math.max(0, Math.min(row, list.rows.length - 1));
  return { ...list, cursorRow, cursorId: appInRow(list, cursorRow)?.id };
}

/** Goes up or down by so many rows. */
export function moveBy(list: AppList, rows: number): AppList {
  return moveTo(list, list.cursorRow + rows);
}

/** Scrolls as little as it takes to have the cursor in view, and no further than the last row. */
export function keepInView(list: AppList, height: number): AppList {
  const last = Math.max(0, list.rows.length - height);
  const top = Math.max(Math.min(list.top, last, list.cursorRow), list.cursorRow - height + 1, 0);
  return top === list.top ? list : { ...list, top };
}

/** Filters by another text: the best match comes first, and the cursor to it. */
export function filterBy(list: AppList, filterText: string, staging: Staging): AppList {
  if (filterText === "") return showAll(list, staging);
  const filtered = { ...list, filterText, bestFirst: true };
  return { ...moveTo({ ...filtered, ...arrangeAll(filtered, staging) }, 0), top: 0 };
}

/** Takes the text of the filter away; the person stays on the same app. */
export function showAll(list: AppList, staging: Staging): AppList {
  return arranged(pinned({ ...list, filterText: "", bestFirst: false }), staging);
}

/** Shows only apps with failures, or all again. */
export function toggleFailures(list: AppList, staging: Staging): AppList {
  return arranged(pinned({ ...list, failuresOnly: !list.failuresOnly }), staging);
}

/** Sorts by something else, and goes to the top, where the sorted extremes are, unless the person is to stay on the app. */
export function sortBy(list: AppList, sort: Sort, staging: Staging, goTo: "top" | "app" = "top"): AppList {
  const sorted = { ...list, sort, bestFirst: false };
  if (goTo === "app") return arranged(pinned(sorted), staging);
  return { ...moveTo({ ...sorted, ...arrangeAll(sorted, staging) }, 0), top: 0 };
}

/** Goes to an app; where the filter hides it, the filter is taken away. */
export function reveal(list: AppList, app: KnownApp, staging: Staging): AppList {
  const row = rowOf(list, app.id);
  if (row >= 0) return moveTo(list, row);
  const known = list.apps.some((other) => other.id === app.id) ? list.apps : [...list.apps, app];
  const all = { ...list, apps: known, filterText: "", failuresOnly: false, bestFirst: false };
  const shown = { ...all, ...arrangeAll(all, staging) };
  return moveTo(shown, rowOf(shown, app.id));
}

/** The row of the next app with staged edits, or of the previous one; from the end it goes on at the start. */
export function stagedRow(list: AppList, staging: Staging, step: 1 | -1): number | undefined {
  const count = list.rows.length;
  for (let away = 1; away <= count; away += 1) {
    const row = (list.cursorRow + step * away + count * 2) % count;
    const app = appInRow(list, row);
    if (app !== undefined && staging.apps.has(app.id)) return row;
  }
  return undefined;
}

function rowOf(list: AppList, id: string): number {
  return list.rows.findIndex((place) => list.apps[place]?.id === id);
}

/** Puts the rows in order anew. The person stays on the same app, or, where it is hidden, on the one in its row. */
function arranged(list: AppList, staging: Staging): AppList {
  const next = { ...list, ...arrangeAll(list, staging) };
  const row = list.cursorId === undefined ? 0 : rowOf(next, list.cursorId);
  return moveTo(next, row < 0 ? list.cursorRow : row);
}

/** Holds on to the app in the first row where the person has not chosen one yet. */
export function pinned(list: AppList): AppList {
  return list.cursorId === undefined ? { ...list, cursorId: currentApp(list)?.id } : list;
}
