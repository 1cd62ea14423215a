import type { CounterEdit, CounterName } from "@install-summary/core";
import { capitalized } from "../../words/capitalized.ts";
import { formatCount, formatDelta } from "../../words/format-count.ts";
import { findApp } from "../model/app-list.ts";
import { describeCounter } from "../model/counter-grid.ts";
import { editedValue } from "../model/edit.ts";
import type { EditorState } from "../model/editor-state.ts";
import { editsOf } from "../model/shown-app.ts";
import type { KnownApp } from "../../words/known-app.ts";

/** Says what has just been staged, or reverted, of the counter under the cursor. */
export function sayEdit(state: EditorState, { id: appId, installSummary }: KnownApp): EditorState {
  const { counter } = state;
  // What is reverted is as it is on the server now, where the edit was based on an older version.
  const value = valueOf(state, appId, counter) ?? installSummary[counter];
  const text = editText(state, appId, counter, value);
  return { ...state, notice: { tone: "plain", text, edit: { appId, counter } } };
}

/** An edit that moves onto a newer version while it is told: the message gets the numbers that are on the screen now. */
export function retellEdit(before: EditorState, after: EditorState): EditorState {
  const { notice } = after;
  const isSame = before.staging === after.staging && before.list.apps === after.list.apps;
  if (isSame || notice?.edit === undefined || notice !== before.notice) return after;
  const { appId, counter } = notice.edit;
  const [was, is] = [before, after].map((state) => valueOf(state, appId, counter));
  if (is === undefined || was === is) return after;
  const text = editText(after, appId, counter, is);
  return { ...after, notice: { ...notice, text } };
}

/** Why nothing was staged. */
export function unchangedText(
  counter: CounterName,
  base: number,
  edit: CounterEdit | undefined,
  isStaged: boolean,
): string {
  const { label } = describeCounter(counter);
  if (edit === undefined) return "Nothing is staged for this counter.";
  const value = formatCount(editedValue(base, edit));
  return `${label}: ${value} ${isStaged ? "is staged" : "is its value"} already.`;
}

/** The value of a counter as edits are made on it. */
function valueOf({ staging, list }: EditorState, appId: string, counter: CounterName): number | undefined {
  const app = staging.apps.get(appId)?.app ?? findApp(list, appId);
  return app?.installSummary[counter];
}

/** An edit in words, such as `Staged: failed devices 16 → 8 (−8).` */
function editText(state: EditorState, appId: string, counter: CounterName, base: number): string {
  const label = describeCounter(counter).label.toLowerCase();
  const edit = editsOf(state, appId)[counter];
  if (edit === undefined) return `Reverted: ${label} ${formatCount(base)}.`;
  const value = editedValue(base, edit);
  const newest = findApp(state.list, appId);
  // It was the value before others set another one.
  if (value === base && newest !== undefined)
    return `Staged: ${label} ${formatCount(value)}; the server has ${formatCount(newest.installSummary[counter])} now.`;
  const change = `${label} ${formatCount(base)} → ${formatCount(value)}`;
  // The difference can be seen from the numbers, and the sign beside the new one says that it is staged.
  const shorter = [`Staged: ${change}.`, `${capitalized(change)}.`];
  const texts = [`Staged: ${change} (${formatDelta(value - base)}).`, ...shorter];
  return texts.find(({ length }) => length <= state.size.columns - 2) ?? `Staged: ${change}.`;
}
