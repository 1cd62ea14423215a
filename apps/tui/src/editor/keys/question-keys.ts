import { dropEdits } from "../actions/edit-counters.ts";
import { copyRequest } from "../actions/copying.ts";
import { declinedTexts } from "../model/declined-texts.ts";
import type { EditorState, Question, SendManyQuestion } from "../model/editor-state.ts";
import { isText } from "../model/key.ts";
import { transition, say, sayWhole, type Transition } from "../model/transition.ts";
import { quit } from "../actions/quit.ts";
import { throwAway } from "../actions/bring-back.ts";
import { startSending } from "../actions/start-sending.ts";
import { addToToken, useToken } from "../actions/give-token.ts";

/** A key in reply to a question. Any other key means no, and says so where it is not Esc. */
export function questionKey(before: EditorState, question: Question, key: string): Transition {
  const state: EditorState = { ...before, question: undefined };
  switch (question.kind) {
    case "quit":
      return key === "y" ? quit(state, question.by) : no(state, key, question);
    case "drop":
      return key === "y" ? transition(dropEdits(state, question.appId)) : no(state, key, question);
    case "throwAway":
      if (key === "y") return throwAway(state, [question.key]);
      if (key === "A")
        return throwAway(
          state,
          state.drafts.found.map((found) => found.key),
        );
      return no(state, key, question);
    case "copy":
      if (key === "c") return copyRequest(state, "curl");
      if (key === "p") return copyRequest(state, "powershell");
      return key === "j" ? copyRequest(state, "json") : no(state, key, question);
    case "token":
      return tokenKey(state, question.text, key);
    case "sendMany":
      return sendManyKey(state, question, key);
  }
}

function tokenKey(state: EditorState, text: string, key: string): Transition {
  if (key === "enter") return useToken(state, text);
  if (key === "escape") return transition(say(state, declinedTexts.token));
  if (key === "ctrl-u") return transition(addToToken(state, ""));
  if (key === "backspace") return transition(addToToken(state, text.slice(0, -1)));
  const typed = addToToken(state, isText(key) ? text + key : text);
  return transition(isText(key) ? typed : say(typed, "Enter uses the token, Esc keeps the old one."));
}

function no(state: EditorState, key: string, { kind }: Question): Transition {
  return transition(key === "escape" ? state : say(state, declinedTexts[kind]));
}

function sendManyKey(state: EditorState, question: SendManyQuestion, key: string): Transition {
  const { count, text } = question;
  if (key === "enter") {
    if (text === String(count)) return startSending(state);
    const why = text === "" ? "no number" : `${text} is not ${count}`;
    return transition(sayWhole(state, `Not sent: ${why}. y asks again.`));
  }
  if (key === "backspace")
    return transition({ ...state, question: { ...question, text: text.slice(0, -1) } });
  if (/^[0-9]$/.test(key)) {
    return transition({ ...state, question: { ...question, text: (text + key).slice(0, 6) } });
  }
  if (key === "escape") return transition(state);
  return transition(say({ ...state, question }, `Type ${count}, then Enter.`));
}
