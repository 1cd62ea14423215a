import { parseEntry } from "../model/entry.ts";
import { describeCounter, scopes, states } from "../model/counter-grid.ts";
import { conflictLines } from "../model/conflicts.ts";
import type { EditorState } from "../model/editor-state.ts";
import { editedValue } from "../model/edit.ts";
import type { Happening } from "../model/event.ts";
import { editsOf, shownApp } from "../model/shown-app.ts";
import { reviewLines } from "../model/review.ts";
import { mistakeText, parseFilter } from "../../find/filter.ts";
import { appName } from "../../words/app-name.ts";
import { formatCount } from "../../words/format-count.ts";
import { nearestCounterWord } from "../../words/counter-words.ts";
import { graphemes } from "../../text/width.ts";
import { counted } from "../view/counted.ts";
import { listPage } from "./list-lines.ts";
import { parseLine, type PlainCommand } from "./parse-line.ts";
import { sendQuestion } from "./review-lines.ts";

/** The editor as it is driven by lines: what they mean is pressed as keys, so that both have the same rules. */
export interface DrivenEditor {
  readonly state: () => EditorState;
  readonly dispatch: (happening: Happening) => void;
}

/** What plain mode knows beside the editor's state. */
export interface Talk {
  /** The first app of the list that was said last. */
  readonly from: number;
  /** Whether it was just asked to send. */
  readonly asksToSend: boolean;
}

/** What plain mode says by itself, beside what the editor says, and whether to say where the person is. */
export interface Reply {
  readonly talk: Talk;
  readonly says: readonly string[];
  readonly showsPlace: boolean;
}

/** Does what a line asks for. Nothing is sent but by `yes` to the question of `send`, or by the key `y` in the review. */
export function obey(editor: DrivenEditor, line: string, talk: Talk): Reply {
  const { question, screen } = editor.state();
  const calm: Talk = { ...talk, asksToSend: false };
  const reply = (says: readonly string[] = [], showsPlace = false): Reply => ({
    talk: calm,
    says,
    showsPlace,
  });
  const press = (...keys: readonly string[]): void => {
    for (const key of keys) editor.dispatch({ kind: "key", key });
  };
  // A token would be seen on the screen, and in the log of a pipe.
  if (question?.kind === "token") {
    press("escape");
    return reply();
  }
  if (screen.name === "conflict" && screen.entry !== undefined && question === undefined) {
    press(...graphemes(line.trim()), "enter");
    return reply();
  }
  const command = parseLine(line);
  if (screen.name === "entry" && question === undefined) return retype(editor, line, calm);
  switch (command.kind) {
    case "show":
      return reply([], true);
    case "list":
      goToList(editor);
      if (editor.state().list.filterText !== "") press("escape");
      return { talk: { from: 0, asksToSend: false }, says: [], showsPlace: true };
    case "more": {
      goToList(editor);
      const next = talk.from + listPage;
      const isEnd = next >= editor.state().list.rows.length;
      if (isEnd) return reply(["That was the end of the list. list begins again."]);
      return { talk: { ...calm, from: next }, says: [], showsPlace: true };
    }
    case "find":
      return find(editor, command.text, calm);
    case "number":
      return takeNumber(editor, command.digits, calm);
    case "counter":
      return edit(editor, command, calm);
    case "revert":
      if (!isOnApp(editor)) return reply([noApp]);
      goToCounter(editor, command.counter);
      press("x");
      return reply();
    case "paste":
      if (!isOnApp(editor)) return reply([noApp]);
      editor.dispatch({ kind: "paste", text: command.text });
      return reply();
    case "review":
      if (screen.name !== "results" && screen.name !== "history") goToPlace(editor);
      press("s");
      return reply();
    case "send":
      return askToSend(editor, calm);
    case "yes":
      if (question !== undefined || talk.asksToSend) press("y");
      else return reply(["Nothing was asked. send asks whether to send."]);
      return reply();
    case "no":
      if (question !== undefined || screen.name === "drafts") press("escape");
      else return reply([talk.asksToSend ? "Nothing was sent." : "Nothing was asked."]);
      return reply();
    case "json":
      press("c", "j");
      return reply();
    case "drop":
      return "number" in command ? dropLine(editor, command.number, calm) : (press("D"), reply());
    case "undo":
      if ("number" in command) return undoChange(editor, command.number, calm);
      press("u");
      return reply();
    case "mine":
    case "theirs":
      return decide(editor, command.kind === "mine" ? "m" : "t", command.number, calm);
    case "redo":
      press("ctrl-r");
      return reply();
    case "again":
      press("R");
      return reply();
    case "history":
      press("h");
      return reply();
    case "back":
      press("escape");
      return reply([], editor.state().screen.name === screen.name && question === undefined);
    case "help":
      press("?");
      return reply();
    case "quit":
      press("q");
      return reply();
    case "key":
      return pressKey(editor, command.key, calm);
  }
}

const noApp = "No app is open: type its name first.";

function pressKey(editor: DrivenEditor, key: string, talk: Talk): Reply {
  const reply = (says: readonly string[]): Reply => ({ talk, says, showsPlace: false });
  if (key === "t" && editor.state().screen.name !== "conflict") {
    return reply(["A token that is typed here would be seen. Quit, and set a new one where it comes from."]);
  }
  if (key === "/" || key === ":")
    return reply(["Every line is a command, or a text to find apps by. help tells more."]);
  if (editor.state().question === undefined && key === "y" && editor.state().screen.name === "review") {
    return askToSend(editor, talk);
  }
  editor.dispatch({ kind: "key", key });
  return reply([]);
}

function askToSend(editor: DrivenEditor, talk: Talk): Reply {
  if (editor.state().screen.name !== "review") {
    goToPlace(editor);
    editor.dispatch({ kind: "key", key: "s" });
    // What is sent is said first.
    if (editor.state().screen.name !== "review") return { talk, says: [], showsPlace: false };
    const asked = sendQuestion(editor.state());
    return {
      talk: { ...talk, asksToSend: asked !== undefined },
      says: asked === undefined ? [] : [asked],
      showsPlace: true,
    };
  }
  const question = sendQuestion(editor.state());
  if (question !== undefined)
    return { talk: { ...talk, asksToSend: true }, says: [question], showsPlace: false };
  // The editor says why nothing can be sent.
  editor.dispatch({ kind: "key", key: "y" });
  return { talk, says: [], showsPlace: false };
}

/** Closes what is open above the list and the counters. */
function goToPlace(editor: DrivenEditor): void {
  for (let step = 0; step < 5; step += 1) {
    const { screen, question } = editor.state();
    if (question === undefined && (screen.name === "list" || screen.name === "counters")) return;
    editor.dispatch({ kind: "key", key: "escape" });
  }
}

function goToList(editor: DrivenEditor): void {
  goToPlace(editor);
  if (editor.state().screen.name === "counters") editor.dispatch({ kind: "key", key: "escape" });
}

/** Whether an app is open, with what is open above it closed. */
function isOnApp(editor: DrivenEditor): boolean {
  goToPlace(editor);
  return editor.state().screen.name === "counters";
}

function find(editor: DrivenEditor, text: string, talk: Talk): Reply {
  goToList(editor);
  const press = (...keys: readonly string[]): void => {
    for (const key of keys) editor.dispatch({ kind: "key", key });
  };
  press("/", "ctrl-u");
  editor.dispatch({ kind: "paste", text });
  press("enter");
  const { list } = editor.state();
  const same = list.rows.filter((place) => {
    const app = list.apps[place];
    return app !== undefined && appName(app).toLowerCase() === text.toLowerCase();
  });
  const [only] = same.length === 1 ? same : list.rows;
  const isOne = only !== undefined && (same.length === 1 || list.rows.length === 1);
  if (isOne) goToRow(editor, list.rows.indexOf(only));
  if (isOne) press("right");
  const mistakes = parseFilter(text).mistakes.map(mistakeText);
  const isFound = list.rows.length > 0 || mistakes.length > 0;
  const word = isFound ? undefined : nearestCounterWord(text.split(/[\s=]/)[0] ?? "");
  const says = word === undefined ? mistakes : [`Did you mean ${word}?`];
  return { talk: { ...talk, from: 0 }, says, showsPlace: true };
}

function goToRow(editor: DrivenEditor, row: number): void {
  editor.dispatch({ kind: "key", key: "home" });
  for (let step = 0; step < row; step += 1) editor.dispatch({ kind: "key", key: "down" });
}

function takeNumber(editor: DrivenEditor, digits: string, talk: Talk): Reply {
  const { question, screen, list } = editor.state();
  const reply = (...says: readonly string[]): Reply => ({ talk, says, showsPlace: false });
  if (question?.kind === "sendMany") {
    for (const key of [...graphemes(digits), "enter"]) editor.dispatch({ kind: "key", key });
    return reply();
  }
  if (screen.name === "counters") return reply(`Name the counter too, such as failed ${digits}.`);
  if (screen.name !== "list") return reply("Numbers choose apps from the list: list says it.");
  const number = Number(digits);
  if (number < 1 || number > list.rows.length)
    return reply(`The list has ${formatCount(list.rows.length)}: no app has the number ${digits}.`);
  goToRow(editor, number - 1);
  editor.dispatch({ kind: "key", key: "right" });
  return { talk, says: [], showsPlace: true };
}

function edit(
  editor: DrivenEditor,
  { counter, text }: Extract<PlainCommand, { readonly kind: "counter" }>,
  talk: Talk,
): Reply {
  const reply = (...says: readonly string[]): Reply => ({ talk, says, showsPlace: false });
  if (!isOnApp(editor)) return reply(noApp);
  goToCounter(editor, counter);
  const state = editor.state();
  const app = shownApp(state);
  if (app === undefined) return reply(noApp);
  const { label } = describeCounter(counter);
  const base = app.installSummary[counter];
  const staged = editsOf(state, app.id)[counter];
  const value = formatCount(staged === undefined ? base : editedValue(base, staged));
  if (text === "") {
    return reply(
      staged === undefined ? `${label}: ${value}.` : `${label}: ${formatCount(base)}, staged ${value}.`,
    );
  }
  const parsed = parseEntry(text, base);
  if (parsed.kind !== "edit") {
    const why = parsed.kind === "nothing" ? "it is empty" : parsed.reason;
    return reply(
      `Not staged: "${text}": ${why}. ${label} ${staged === undefined ? "stays" : "stays staged as"} ${value}.`,
    );
  }
  editor.dispatch({ kind: "paste", text });
  if (editor.state().screen.name === "entry") editor.dispatch({ kind: "key", key: "enter" });
  return reply();
}

function decide(editor: DrivenEditor, key: "m" | "t", number: number, talk: Talk): Reply {
  const { screen, staging } = editor.state();
  const reply = (...says: readonly string[]): Reply => ({ talk, says, showsPlace: false });
  if (screen.name !== "conflict") return reply("Nothing is to be decided here.");
  const count = conflictLines(staging).length;
  if (number < 1 || number > count) return reply(`The table has ${counted(count, "line")} to decide.`);
  goToRow(editor, number - 1);
  editor.dispatch({ kind: "key", key });
  return reply();
}

/** The counter that was opened to be typed again, from the review. */
function retype(editor: DrivenEditor, line: string, talk: Talk): Reply {
  const { counter } = editor.state();
  editor.dispatch({ kind: "key", key: "escape" });
  return edit(editor, { kind: "counter", counter, text: line.trim() }, talk);
}

function goToCounter(editor: DrivenEditor, counter: EditorState["counter"]): void {
  const now = describeCounter(editor.state().counter);
  const wanted = describeCounter(counter);
  const rows = states.indexOf(wanted.state) - states.indexOf(now.state);
  const columns = scopes.indexOf(wanted.scope) - scopes.indexOf(now.scope);
  const press = (key: string, count: number): void => {
    for (let step = 0; step < count; step += 1) editor.dispatch({ kind: "key", key });
  };
  press(rows < 0 ? "up" : "down", Math.abs(rows));
  press(columns < 0 ? "left" : "right", Math.abs(columns));
}

function dropLine(editor: DrivenEditor, number: number, talk: Talk): Reply {
  const { screen, staging } = editor.state();
  const reply = (...says: readonly string[]): Reply => ({ talk, says, showsPlace: false });
  if (screen.name !== "review") return reply("review says the lines first.");
  const count = reviewLines(staging).length;
  if (number < 1 || number > count) return reply(`The review has ${counted(count, "line")}.`);
  goToRow(editor, number - 1);
  editor.dispatch({ kind: "key", key: "d" });
  return { talk, says: [], showsPlace: true };
}

function undoChange(editor: DrivenEditor, number: number, talk: Talk): Reply {
  const { screen, history } = editor.state();
  const reply = (...says: readonly string[]): Reply => ({ talk, says, showsPlace: false });
  if (screen.name !== "history" || history === undefined) return reply("history says the changes first.");
  if (number < 1 || number > history.changes.length)
    return reply(`The history has ${counted(history.changes.length, "change")} here.`);
  goToRow(editor, number - 1);
  editor.dispatch({ kind: "key", key: "u" });
  return reply();
}
