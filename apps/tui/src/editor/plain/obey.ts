import { graphemes } from "../../text/width.ts";
import { askToSend } from "./ask-to-send.ts";
import { goToCounter, goToPlace, isOnApp, press, type DrivenEditor } from "./driven-editor.ts";
import { editCounter, noApp, retypeCounter } from "./edit-counter.ts";
import { findApps, sayList, takeNumber } from "./find-apps.ts";
import { sayMore } from "./say-more.ts";
import { decideLine, dropLine, undoChange } from "./numbered-lines.ts";
import { unreadReply } from "./list-news.ts";
import { parseLine, type PlainCommand } from "./parse-line.ts";
import { nothingAsked, pressKey, unchosenReply } from "./press-key.ts";
import { readingLines } from "./reading-lines.ts";
import type { Reply, Talk } from "./reply.ts";

/**
 * Does what a line asks for. Nothing is sent but by `yes` to the question of `send`, or by the key `y` in the review. What is
 * only read, as help is, is said and left at once: the next line is for where the person is.
 */
export function obey(editor: DrivenEditor, line: string, talk: Talk): Reply {
  const opened = editor.state().history?.generation;
  const obeyed = obeyLine(editor, line, talk);
  const { screen, history } = editor.state();
  const isOther = history?.generation !== opened;
  // Another history is said from its beginning.
  const reply = isOther ? { ...obeyed, talk: { ...obeyed.talk, changesFrom: 0 } } : obeyed;
  if (screen.name !== "help" && screen.name !== "copied") return reply;
  press(editor, "escape");
  return { ...reply, says: [...reply.says, ...readingLines(screen)] };
}

function obeyLine(editor: DrivenEditor, line: string, talk: Talk): Reply {
  const { question, screen } = editor.state();
  const calm: Talk = { ...talk, asksToSend: false };
  const reply = (says: readonly string[] = [], showsPlace = false): Reply => ({
    talk: calm,
    says,
    showsPlace,
  });
  // A token would be seen on the screen, and in the log of a pipe.
  if (question?.kind === "token") {
    press(editor, "escape");
    return reply();
  }
  if (screen.name === "conflict" && screen.entry !== undefined && question === undefined) {
    press(editor, ...graphemes(line.trim()), "enter");
    return reply();
  }
  const form = question?.kind === "copy" ? copyForms[line.trim().toLowerCase()] : undefined;
  if (form !== undefined) {
    press(editor, form);
    return reply();
  }
  const command = parseLine(line);
  const unread = withoutList.has(command.kind) ? undefined : unreadReply(editor.state());
  if (unread !== undefined && question === undefined) return reply([unread]);
  if (screen.name === "entry" && question === undefined) return retypeCounter(editor, line, calm);
  switch (command.kind) {
    case "show":
      return reply([], true);
    case "list":
      return sayList(editor, calm);
    case "more":
      return sayMore(editor, calm);
    case "find":
      return findApps(editor, command.text, calm);
    case "number":
      return takeNumber(editor, command.digits, calm);
    case "counter":
      return editCounter(editor, command, calm);
    case "revert":
      if (!isOnApp(editor)) return reply([noApp]);
      goToCounter(editor, command.counter);
      press(editor, "x");
      return reply();
    case "paste":
      if (!isOnApp(editor)) return reply([noApp]);
      editor.dispatch({ kind: "paste", text: command.text });
      return reply();
    case "review":
      if (screen.name !== "results" && screen.name !== "history") goToPlace(editor);
      press(editor, "s");
      return reply();
    case "send":
      return askToSend(editor, calm);
    case "yes":
      if (question !== undefined || talk.asksToSend) press(editor, "y");
      else return reply([nothingAsked]);
      return reply();
    case "no":
      if (question !== undefined || screen.name === "drafts") press(editor, "escape");
      else return reply([talk.asksToSend ? "Nothing was sent." : "Nothing was asked."]);
      return reply();
    case "json": {
      const refused = unchosenReply(editor, "c", calm);
      if (refused !== undefined) return refused;
      press(editor, "c", "j");
      return reply();
    }
    case "drop":
      return "number" in command ? dropLine(editor, command.number, calm) : pressKey(editor, "D", calm);
    case "undo":
      return "number" in command ? undoChange(editor, command.number, calm) : pressKey(editor, "u", calm);
    case "mine":
    case "theirs":
      return decideLine(editor, command.kind === "mine" ? "m" : "t", command.number, calm);
    case "redo":
      press(editor, "ctrl-r");
      return reply();
    case "again":
      press(editor, "R");
      return reply();
    case "history":
      return pressKey(editor, "h", calm);
    case "back":
      press(editor, "escape");
      return reply([], editor.state().screen.name === screen.name && question === undefined);
    case "help":
      press(editor, "?");
      return reply();
    case "quit":
      press(editor, "q");
      return reply();
    case "key":
      return pressKey(editor, command.key, calm);
  }
}

/** The commands that work before the list has been read. */
const withoutList: ReadonlySet<PlainCommand["kind"]> = new Set(["again", "back", "help", "quit"]);

/** The keys of what can be copied, by the words that the question has for them. */
const copyForms: Readonly<Record<string, string>> = { curl: "c", powershell: "p", json: "j" };
