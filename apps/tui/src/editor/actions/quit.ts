import { exitCodes } from "@install-summary/command-line/errors";
import type { EditorState } from "../model/editor-state.ts";
import { transition, type Transition } from "../model/transition.ts";

const exits = { q: exitCodes.done, "ctrl-c": exitCodes.interrupted } as const;

/** Ends the editor; asks first where something would be lost, or is on its way. */
export function askToQuit(state: EditorState, by: "q" | "ctrl-c"): Transition {
  if (!asksToQuit(state)) return quit(state, by);
  return transition({ ...state, question: { kind: "quit", by } });
}

/** Whether quitting would lose something, or leave something on its way. */
export function asksToQuit({ staging, drafts, screen }: EditorState): boolean {
  const isKept = staging.apps.size === 0 || drafts.failure === undefined;
  return !isKept || drafts.stale.length > 0 || screen.name === "sending";
}

/** Ctrl-C asks where `q` does. Pressed again it says what quits: a double tap loses nothing. */
export function interrupt(state: EditorState): Transition {
  if (state.question?.kind !== "quit") return askToQuit(state, "ctrl-c");
  return transition({ ...state, question: { kind: "quit", by: "ctrl-c", again: true } });
}

/** Ends the editor without a question. */
export function quit(state: EditorState, by: "q" | "ctrl-c"): Transition {
  return transition(state, { kind: "quit", exitCode: exits[by] });
}
