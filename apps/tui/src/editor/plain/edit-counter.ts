import { formatCount } from "../../words/format-count.ts";
import { findApp } from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedValue } from "../model/edit.ts";
import { parseEntry } from "../model/entry.ts";
import { editsOf, shownApp } from "../model/shown-app.ts";
import { goToCounter, isOnApp, press, type DrivenEditor } from "./driven-editor.ts";
import type { PlainCommand } from "./parse-line.ts";
import { spoken } from "./spoken.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Where an app has to be open first. */
export const noApp = "No app is open: type its name first.";

/** Stages a number, or says the value of a counter. */
export function editCounter(
  editor: DrivenEditor,
  { counter, text }: Extract<PlainCommand, { readonly kind: "counter" }>,
  talk: Talk,
): Reply {
  if (!isOnApp(editor)) return saying(talk, noApp);
  goToCounter(editor, counter);
  const state = editor.state();
  const app = shownApp(state);
  if (app === undefined) return saying(talk, noApp);
  const { label } = describeCounter(counter);
  const base = app.installSummary[counter];
  const staged = editsOf(state, app.id)[counter];
  const value = formatCount(staged === undefined ? base : editedValue(base, staged));
  if (text === "") {
    const newest = findApp(state.list, app.id)?.installSummary[counter] ?? base;
    const now = newest === base ? "" : ` The server has ${formatCount(newest)} now: again reads it.`;
    const known = staged === undefined ? value : `${formatCount(base)}, staged ${value}`;
    return saying(talk, `${label}: ${known}.${now}`);
  }
  const why = refusal(text, base);
  if (why !== undefined) {
    const stays = staged === undefined ? "stays" : "stays staged as";
    return saying(talk, `${why} ${label} ${stays} ${value}.`);
  }
  editor.dispatch({ kind: "paste", text });
  if (editor.state().screen.name === "entry") press(editor, "enter");
  return saying(talk);
}

/** Why a text is no number for a counter with this value; undefined for one that is. */
export function refusal(text: string, value: number): string | undefined {
  const parsed = parseEntry(text, value);
  if (parsed.kind === "edit") return undefined;
  const why = parsed.kind === "nothing" ? "it is empty" : spoken(parsed.reason);
  return `Not staged: "${text}": ${why}${/[.?]$/.test(why) ? "" : "."}`;
}
