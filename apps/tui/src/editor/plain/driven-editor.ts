import { describeCounter, scopes, states } from "../model/counter-grid.ts";
import type { EditorState } from "../model/editor-state.ts";
import type { Happening } from "../model/event.ts";

/** The editor as it is driven by lines: what they mean is pressed as keys, so that both have the same rules. */
export interface DrivenEditor {
  readonly state: () => EditorState;
  readonly dispatch: (happening: Happening) => void;
}

/** Presses keys, one after the other. */
export function press(editor: DrivenEditor, ...keys: readonly string[]): void {
  for (const key of keys) editor.dispatch({ kind: "key", key });
}

/** Closes what is open above the list and the counters. */
export function goToPlace(editor: DrivenEditor): void {
  for (let step = 0; step < 5; step += 1) {
    const { screen, question } = editor.state();
    if (question === undefined && (screen.name === "list" || screen.name === "counters")) return;
    press(editor, "escape");
  }
}

/** Goes back to the list. */
export function goToList(editor: DrivenEditor): void {
  goToPlace(editor);
  if (editor.state().screen.name === "counters") press(editor, "escape");
}

/** Whether an app is open, with what is open above it closed. */
export function isOnApp(editor: DrivenEditor): boolean {
  goToPlace(editor);
  return editor.state().screen.name === "counters";
}

/** Goes to a row of what is shown. */
export function goToRow(editor: DrivenEditor, row: number): void {
  press(editor, "home");
  for (let step = 0; step < row; step += 1) press(editor, "down");
}

/** Goes to a counter of the open app. */
export function goToCounter(editor: DrivenEditor, counter: EditorState["counter"]): void {
  const now = describeCounter(editor.state().counter);
  const wanted = describeCounter(counter);
  const rows = states.indexOf(wanted.state) - states.indexOf(now.state);
  const columns = scopes.indexOf(wanted.scope) - scopes.indexOf(now.scope);
  for (let step = 0; step < Math.abs(rows); step += 1) press(editor, rows < 0 ? "up" : "down");
  for (let step = 0; step < Math.abs(columns); step += 1) press(editor, columns < 0 ? "left" : "right");
}
