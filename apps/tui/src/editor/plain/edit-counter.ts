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
  const parsed = parseEntry(text, base);
  if (parsed.kind !== "edit") {
    const why = parsed.kind === "nothing" ? "it is empty" : spoken(parsed.reason);
    return saying(
      talk,
      `Not staged: "${text}": ${why}. ${label} ${staged === undefined ? "stays" : "stays staged as"} ${value}.`,
    );
  }
  editor.dispatch({ kind: "paste", text });
  if (editor.state().screen.name === "entry") press(editor, "enter");
  return saying(talk);
}

/** The counter that was opened to be typed again, from the review. */
export function retypeCounter(editor: DrivenEditor, line: string, talk: Talk): Reply {
  const { counter } = editor.state();
  press(editor, "escape");
  return editCounter(editor, { kind: "counter", counter, text: line.trim() }, talk);
}
