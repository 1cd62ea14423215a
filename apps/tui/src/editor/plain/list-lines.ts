import { addedApps } from "../model/live.ts";
import { appIdentity } from "../../words/app-identity.ts";
import { formatCount } from "../../words/format-count.ts";
import { appInRow, type AppList } from "../model/app-list.ts";
import type { EditorState } from "../model/editor-state.ts";
import { sortedCounter, sortLabel } from "../model/sort.ts";
import { newAppsText } from "../view/list/empty-list-lines.ts";
import { counted } from "../view/counted.ts";
import { unreadReply } from "./list-news.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** How many apps are said at once. */
export const listPage = 10;

/** The apps of a page of the list, each with the number that chooses it. */
export function listLines(state: EditorState, from: number): readonly string[] {
  const { list, staging } = state;
  const count = addedApps(state);
  const added = count === 0 ? [] : [`${newAppsText(count)}: again reads it.`];
  const unread = unreadReply(state);
  if (unread !== undefined) return [unread];
  if (list.rows.length === 0) return [emptyText(list), ...added];
  const what = countText(list);
  const order = list.byMatch ? "best match first" : `by ${sortLabel(list.sort)}`;
  const last = Math.min(list.rows.length, from + listPage);
  const rows = Array.from({ length: last - from }, (_, index) => from + index).flatMap((row) => {
    const app = appInRow(list, row);
    if (app === undefined) return [];
    const staged = staging.apps.has(app.id) ? ", staged" : "";
    return [`${row + 1}. ${appIdentity(app)}${sortedText(app, list.sort)}${staged}`];
  });
  const left = list.rows.length - last;
  return [
    `${what}, ${order}. Type a number, or more of the name.`,
    ...rows,
    ...(left > 0 ? [`${formatCount(left)} more. Type more to hear them.`] : []),
    ...added,
  ];
}

/** Why the list says no app, and what shows all again. */
function emptyText({ apps, filterText, failuresOnly, complete }: AppList): string {
  if (apps.length === 0) return "The list has no apps.";
  const all = formatCount(apps.length);
  const soFar = complete ? "" : " Not all have been read yet.";
  if (filterText === "") return `No app has failures. failures shows all ${all}.${soFar}`;
  if (failuresOnly)
    return `No app with failures matches "${filterText}". failures looks among all ${all}.${soFar}`;
  return `Nothing matches "${filterText}". back shows all ${all}.${soFar}`;
}

/** How many apps there are to choose from, and what leaves others out. */
function countText({ rows, filterText, failuresOnly }: AppList): string {
  const apps = `${counted(rows.length, "app")}${failuresOnly ? " with failures" : ""}`;
  if (filterText === "") return apps;
  return `${apps} ${rows.length === 1 ? "matches" : "match"}`;
}

function sortedText(app: KnownApp, sort: EditorState["list"]["sort"]): string {
  const counter = sortedCounter(sort);
  return counter === undefined
    ? ""
    : `, ${sortLabel({ ...sort, column: sort.column === "share" ? "failed" : sort.column })} ${formatCount(app.installSummary[counter])}`;
}
