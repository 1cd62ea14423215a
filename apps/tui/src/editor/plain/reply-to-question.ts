import { graphemes } from "../../text/width.ts";
import { declinedTexts } from "../model/declined-texts.ts";
import type { EditorState, Question } from "../model/editor-state.ts";
import { askToSend, sendAsked } from "./ask-to-send.ts";
import { isNumberAsked, replyToNumber } from "./asked-number.ts";
import { replyToOrder } from "./asked-order.ts";
import { press, type DrivenEditor } from "./driven-editor.ts";
import { parseLine, type PlainCommand } from "./parse-line.ts";
import { saying, type Reply, type Talk } from "./reply.ts";
import { sendQuestion } from "./review-lines.ts";

/** Whether a question waits for a reply: one of the editor, the one of `send`, or the one for a number or an order. */
export function isAsked(editor: DrivenEditor, { asked }: Talk): boolean {
  const state = editor.state();
  return state.question !== undefined || asked !== undefined || isTextAsked(state);
}

/** Whether what is typed next is for an entry, or for the menu of orders. */
function isTextAsked(state: EditorState): boolean {
  return isNumberAsked(state) || state.screen.name === "sort";
}

/**
 * Takes a line as the reply to what is asked. Undefined for one that is about something else: then the question can be
 * declined, and the line be done.
 */
export function replyToQuestion(editor: DrivenEditor, line: string, talk: Talk): Reply | undefined {
  const { question } = editor.state();
  const command = parseLine(line);
  if (isTextAsked(editor.state())) {
    // `n` is an order too.
    const reply = isNumberAsked(editor.state()) ? replyToNumber : replyToOrder;
    const replied = reply(editor, line, talk);
    return replied === undefined && isNo(command) ? { ...saying(talk), declined: decline(editor) } : replied;
  }
  // It is asked again, by the same word or by an empty line.
  if (command.kind === "send" && question === undefined) return askToSend(editor, talk);
  if (command.kind === "show") {
    const asked = talk.asked === undefined ? undefined : sendQuestion(editor.state());
    return { talk, says: asked === undefined ? [] : [asked], showsPlace: true };
  }
  // A token is pasted into the screen alone: here it would be seen, and stand in the log of a pipe.
  if (isNo(command) || question?.kind === "token")
    return saying({ ...talk, asked: undefined }, decline(editor));
  if (question === undefined) return isYes(command) ? sendAsked(editor, talk) : undefined;
  const keys = replyKeys(question, command, line.trim());
  if (keys === undefined) return undefined;
  press(editor, ...keys);
  return { ...saying(talk), ends: question.kind === "quit" };
}

/** Closes what is asked, and says what that leaves as it was. */
export function decline(editor: DrivenEditor): string {
  const { question, screen } = editor.state();
  const isText = isTextAsked(editor.state());
  if (question !== undefined || isText) press(editor, "escape");
  if (isText) return screen.name === "sort" ? "The order stays as it was." : "No number was typed.";
  return declinedTexts[question?.kind ?? "sendMany"];
}

/** The keys that reply to a question of the editor as a line does. */
function replyKeys(question: Question, command: PlainCommand, text: string): readonly string[] | undefined {
  switch (question.kind) {
    case "quit":
    case "drop":
      return isYes(command) ? ["y"] : undefined;
    case "throwAway":
      if (text === "A") return ["A"];
      return isYes(command) ? ["y"] : undefined;
    case "copy": {
      const form = copyForms[text.toLowerCase()];
      return form === undefined ? undefined : [form];
    }
    case "sendMany":
      if (isYes(command)) return ["y"];
      return command.kind === "number" ? [...graphemes(command.digits), "enter"] : undefined;
    case "token":
      return undefined;
  }
}

function isYes(command: PlainCommand): boolean {
  return command.kind === "yes" || (command.kind === "key" && command.key === "y");
}

function isNo(command: PlainCommand): boolean {
  const isKey = command.kind === "key" && ["n", "N", "escape"].includes(command.key);
  return command.kind === "no" || command.kind === "back" || isKey;
}

/** The keys of what can be copied, by the words that the question has for them. */
const copyForms: Readonly<Record<string, string>> = {
  c: "c",
  p: "p",
  j: "j",
  curl: "c",
  powershell: "p",
  json: "j",
};
