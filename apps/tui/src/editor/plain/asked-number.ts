import { appIdentity } from "../../words/app-identity.ts";
import { graphemes } from "../../text/width.ts";
import { currentConflict, type ConflictRow } from "../model/conflicts.ts";
import { describeCounter } from "../model/counter-grid.ts";
import type { EditorState } from "../model/editor-state.ts";
import { shownApp } from "../model/shown-app.ts";
import { decide } from "./decide.ts";
import { press, type DrivenEditor } from "./driven-editor.ts";
import { editCounter, refusal } from "./edit-counter.ts";
import { spoken } from "./spoken.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Whether a number is asked for: `e` has opened the entry of a counter. */
export function isNumberAsked({ screen }: EditorState): boolean {
  return screen.name === "entry" || (screen.name === "conflict" && screen.entry !== undefined);
}

/** What is asked where an entry is open; undefined where none is. */
export function numberHint(state: EditorState): string | undefined {
  if (!isNumberAsked(state)) return undefined;
  const row = openConflict(state);
  const app = row === undefined ? shownApp(state) : state.staging.apps.get(row.appId)?.app;
  const label = describeCounter(row?.counter ?? state.counter).label.toLowerCase();
  return spoken(`Type a number for ${label}${app === undefined ? "" : ` of ${appIdentity(app)}`}, or back.`);
}

/** Takes a line as the number that is asked for, and closes the entry; undefined for one that is no number. */
export function replyToNumber(editor: DrivenEditor, line: string, talk: Talk): Reply | undefined {
  const text = line.trim();
  if (text === "") return { talk, says: [], showsPlace: true };
  if (!looksLikeNumber.test(text)) return undefined;
  const row = openConflict(editor.state());
  if (row !== undefined) return decideByNumber(editor, row, text, talk);
  const { counter } = editor.state();
  press(editor, "escape");
  return editCounter(editor, { kind: "counter", counter, text }, talk);
}

/** A number as it may be typed, also one that is refused then: `8`, `+5`, `1,000`, `1.5`, `1e3`, and a sign without a number. */
const looksLikeNumber = /^(?:[+\-−]|[+\-−]?[.,]?\d[\d.,'’\sEe+\-−]*)$/;

function openConflict({ screen, staging }: EditorState): ConflictRow | undefined {
  return screen.name === "conflict" ? currentConflict(staging, screen.line) : undefined;
}

function decideByNumber(editor: DrivenEditor, { theirs }: ConflictRow, text: string, talk: Talk): Reply {
  const why = refusal(text, theirs);
  if (why === undefined) press(editor, "ctrl-u", ...graphemes(text));
  const { screen } = editor.state();
  // What is longer than any number has not been typed to its end.
  const isTyped = screen.name === "conflict" && screen.entry === text;
  if (isTyped) return decide(editor, "enter", talk);
  press(editor, "escape");
  return saying(talk, why ?? `Not staged: "${text}": no counter has a number that long.`);
}
