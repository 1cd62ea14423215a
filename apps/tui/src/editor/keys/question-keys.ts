import { dropEdits } from "../actions/browse.ts";
import { copyRequest } from "../actions/copying.ts";
import type { EditorState, Question } from "../model/editor-state.ts";
import { outcome, say, type Outcome } from "../model/outcome.ts";
import { quit } from "../actions/quit.ts";
import { startSending } from "../actions/sending.ts";

/** A key in reply to a question. Any other key means no. */
export function questionKey(before: EditorState, question: Question, key: string): Outcome {
  const state: EditorState = { ...before, question: undefined };
  switch (question.kind) {
    case "quit":
      return key === "y" ? quit(state, question.by) : outcome(state);
    case "drop":
      return outcome(key === "y" ? dropEdits(state, question.appId) : state);
    case "copy":
      if (key === "c") return copyRequest(state, "curl");
      if (key === "p") return copyRequest(state, "powershell");
      return key === "j" ? copyRequest(state, "json") : outcome(state);
    case "sendMany":
      return sendManyKey(state, question, key);
  }
}

function sendManyKey(
  state: EditorState,
  question: Extract<Question, { readonly kind: "sendMany" }>,
  key: string,
): Outcome {
  const { count, text } = question;
  if (key === "enter") {
    if (text === String(count)) return startSending(state);
    return outcome(say(state, `Not sent: type ${count} to confirm.`));
  }
  if (key === "backspace") return outcome({ ...state, question: { ...question, text: text.slice(0, -1) } });
  if (/^[0-9]$/.test(key)) {
    return outcome({ ...state, question: { ...question, text: (text + key).slice(0, 6) } });
  }
  return outcome(key === "escape" ? state : { ...state, question });
}
