import type { CounterName } from "@install-summary/core";
import { formatCount } from "../../words/format-count.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedValue } from "../model/edit.ts";
import { parseEntry } from "../model/entry.ts";
import type { EditorState } from "../model/editor-state.ts";
import { editsOf, shownApp } from "../model/shown-app.ts";
import { amountText } from "./amount-text.ts";
import { goToCounter, isOnApp, press, type DrivenEditor } from "./driven-editor.ts";
import { newerText } from "./newer-text.ts";
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
  const newer = newerTexts(state, [counter]);
  if (text === "") {
    const said = staged === undefined ? value : `${formatCount(base)}, staged ${value}${amountText(staged)}`;
    return saying(talk, `${label}: ${said}.`, ...newer);
  }
  const why = refusal(text, base);
  if (why !== undefined) {
    const stays = staged === undefined ? "stays" : "stays staged as";
    return saying(talk, `${why} ${label} ${stays} ${value}${amountText(staged)}.`, ...newer);
  }
  editor.dispatch({ kind: "paste", text });
  if (editor.state().screen.name === "entry") press(editor, "enter");
  return saying(talk, ...newer);
}

/** Puts a counter back to what it was. */
export function revertCounter(editor: DrivenEditor, counter: CounterName, talk: Talk): Reply {
  if (!isOnApp(editor)) return saying(talk, noApp);
  goToCounter(editor, counter);
  const newer = newerTexts(editor.state(), [counter]);
  press(editor, "x");
  return saying(talk, ...newer);
}

/** Stages a pasted patch, or all ten numbers. */
export function pasteNumbers(editor: DrivenEditor, text: string, talk: Talk): Reply {
  if (!isOnApp(editor)) return saying(talk, noApp);
  const newer = newerTexts(editor.state());
  editor.dispatch({ kind: "paste", text });
  return saying(talk, ...newer);
}

/** What is said beside the values of the open app, which are those that its edits were made on. */
function newerTexts(state: EditorState, counters?: readonly CounterName[]): readonly string[] {
  const app = shownApp(state);
  const newer = app === undefined ? undefined : newerText(state, app, counters);
  return newer === undefined ? [] : [newer];
}

/** Why a text is no number for a counter with this value; undefined for one that is. */
export function refusal(text: string, value: number): string | undefined {
  const parsed = parseEntry(text, value);
  if (parsed.kind === "edit") return undefined;
  const why = parsed.kind === "nothing" ? "it is empty" : spoken(parsed.reason);
  return `Not staged: "${text}": ${why}${/[.?]$/.test(why) ? "" : "."}`;
}
