import { askToSend } from "./ask-to-send.ts";
import { goToPlace, press, type DrivenEditor } from "./driven-editor.ts";
import { editCounter, pasteNumbers, revertCounter } from "./edit-counter.ts";
import { findApps, sayList, takeNumber } from "./find-apps.ts";
import { sayMore } from "./say-more.ts";
import { dropApp } from "./drop-app.ts";
import { decideLine, dropLine, undoChange } from "./numbered-lines.ts";
import { unreadReply } from "./list-news.ts";
import { parseLine, type PlainCommand } from "./parse-line.ts";
import { nothingAsked, pressKey, unchosenReply } from "./press-key.ts";
import { readingLines } from "./reading-lines.ts";
import type { Reply, Talk } from "./reply.ts";
import { decline, isAsked, replyToQuestion } from "./reply-to-question.ts";

/**
 * Does what a line asks for. Nothing is sent but by `yes` to the question of `send`, or by the key `y` in the review. What is
 * only read, as help is, is said and left at once: the next line is for where the person is.
 */
export function obey(editor: DrivenEditor, line: string, talk: Talk): Reply {
  leaveEmptyReview(editor);
  const opened = editor.state().history?.generation;
  const obeyed = replyOrObey(editor, line, talk);
  const { screen, history } = editor.state();
  const isOther = history?.generation !== opened;
  // Another history is said from its beginning.
  const reply = isOther ? { ...obeyed, talk: { ...obeyed.talk, changesFrom: 0 } } : obeyed;
  if (screen.name !== "help" && screen.name !== "copied") return reply;
  press(editor, "escape");
  return { ...reply, says: [...reply.says, ...readingLines(screen)] };
}

/** A review whose last line a reading has taken is left: what is said is about the app then. */
function leaveEmptyReview(editor: DrivenEditor): void {
  const { screen, staging } = editor.state();
  if (screen.name === "review" && staging.apps.size === 0) press(editor, "escape");
}

/** A line that is no reply to what is asked closes the question, which is said, and is done. */
function replyOrObey(editor: DrivenEditor, line: string, talk: Talk): Reply {
  if (!isAsked(editor, talk)) return obeyLine(editor, line, talk);
  const reply = replyToQuestion(editor, line, talk);
  if (reply !== undefined) return reply;
  const declined = decline(editor);
  return { ...obeyLine(editor, line, { ...talk, asked: undefined }), declined };
}

function obeyLine(editor: DrivenEditor, line: string, talk: Talk): Reply {
  const { screen } = editor.state();
  const reply = (says: readonly string[] = [], showsPlace = false): Reply => ({ talk, says, showsPlace });
  const command = parseLine(line);
  const unread = withoutList.has(command.kind) ? undefined : unreadReply(editor.state());
  if (unread !== undefined) return reply([unread]);
  switch (command.kind) {
    case "show":
      return reply([], true);
    case "list":
      return sayList(editor, talk);
    case "more":
      return sayMore(editor, talk);
    case "find":
      return findApps(editor, command.text, talk);
    case "number":
      return takeNumber(editor, command.digits, talk);
    case "counter":
      return editCounter(editor, command, talk);
    case "revert":
      return revertCounter(editor, command.counter, talk);
    case "paste":
      return pasteNumbers(editor, command.text, talk);
    case "review":
      if (screen.name === "review") return reply([], true);
      if (screen.name !== "results" && screen.name !== "history") goToPlace(editor);
      press(editor, "s");
      return reply();
    case "send":
      return askToSend(editor, talk);
    case "yes":
      return reply([nothingAsked]);
    case "no":
      if (screen.name !== "drafts") return reply(["Nothing was asked."]);
      press(editor, "escape");
      return reply();
    case "json": {
      const refused = unchosenReply(editor, "c", talk);
      if (refused !== undefined) return refused;
      press(editor, "c", "j");
      return reply();
    }
    case "drop":
      return "number" in command ? dropLine(editor, command.number, talk) : dropApp(editor, talk);
    case "undo":
      return "number" in command ? undoChange(editor, command.number, talk) : pressKey(editor, "u", talk);
    case "mine":
    case "theirs":
      return decideLine(editor, command.kind === "mine" ? "m" : "t", command.number, talk);
    case "redo":
      press(editor, "ctrl-r");
      return reply();
    case "again":
      press(editor, "R");
      return reply();
    case "history":
      return pressKey(editor, "h", talk);
    case "back":
      press(editor, "escape");
      return reply([], editor.state().screen.name === screen.name);
    case "help":
      press(editor, "?");
      return reply();
    case "quit":
      return pressKey(editor, "q", talk);
    case "key":
      return pressKey(editor, command.key, talk);
  }
}

/** The commands that work before the list has been read. */
const withoutList: ReadonlySet<PlainCommand["kind"]> = new Set(["again", "back", "help", "quit"]);
