import { exitCodes } from "@install-summary/command-line/errors";
import type { EditorState } from "../model/editor-state.ts";
import { outcome, type Outcome } from "../model/outcome.ts";

const exits = { q: exitCodes.done, "ctrl-c": exitCodes.interrupted } as const;

/** Ends the editor; asks first where something would be lost. */
export function askToQuit(state: EditorState, by: "q" | "ctrl-c"): Outcome {
  if (state.staging.apps.size === 0) return quit(state, by);
  return outcome({ ...state, question: { kind: "quit", by } });
}

/** Ctrl-C asks where something would be lost. Pressed again it says what quits: a double tap loses nothing. */
export function interrupt(state: EditorState): Outcome {
  if (state.question?.kind !== "quit") return askToQuit(state, "ctrl-c");
  return outcome({ ...state, question: { kind: "quit", by: "ctrl-c", again: true } });
}

/** Ends the editor without a question. */
export function quit(state: EditorState, by: "q" | "ctrl-c"): Outcome {
  return outcome(state, { kind: "quit", exitCode: exits[by] });
}
