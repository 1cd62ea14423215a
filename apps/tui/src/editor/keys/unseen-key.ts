import type { EditorState, Question } from "../model/editor-state.ts";
import { say } from "../model/transition.ts";
import { keyLabel } from "./unused-key.ts";

/** Whether a key confirms what cannot be taken back by one: it sends, drops, throws away or quits. */
export function isConfirming({ question, screen }: EditorState, key: string): boolean {
  if (question === undefined) return screen.name === "review" && key === "y";
  return confirmations[question.kind].includes(key);
}

const confirmations: Readonly<Record<Question["kind"], readonly string[]>> = {
  quit: ["y"],
  drop: ["y"],
  throwAway: ["y", "A"],
  sendMany: ["enter"],
  copy: [],
  token: [],
};

/** Says that a key came too soon. */
export function sayUnseen(state: EditorState, key: string): EditorState {
  return say(
    state,
    `${keyLabel(key)} was typed before this was on the screen: type it again to confirm.`,
    "wrong",
  );
}
