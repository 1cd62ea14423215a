import { filterFaults, parseFilter } from "../../find/filter.ts";
import { foldText } from "../../text/fold-text.ts";
import { appName } from "../../words/app-name.ts";
import { nearestCounterWord } from "../../words/counter-words.ts";
import { formatCount } from "../../words/format-count.ts";
import { stagedRow } from "../model/list-moves.ts";
import { goToList, goToRow, press, type DrivenEditor } from "./driven-editor.ts";
import { withDraft } from "./numbered-lines.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Says the list from its beginning, without a filter. */
export function sayList(editor: DrivenEditor, talk: Talk): Reply {
  goToList(editor);
  if (editor.state().list.filterText !== "") press(editor, "escape");
  return { talk: { ...talk, from: 0 }, says: [], showsPlace: true };
}

/** Filters the list; the only app that is found, or that has this name, is opened. */
export function findApps(editor: DrivenEditor, text: string, talk: Talk): Reply {
  goToList(editor);
  press(editor, "/", "ctrl-u");
  editor.dispatch({ kind: "paste", text });
  press(editor, "enter");
  const { list } = editor.state();
  const same = list.rows.filter((place) => {
    const app = list.apps[place];
    return app !== undefined && foldText(appName(app)) === foldText(text);
  });
  const [only] = same.length === 1 ? same : list.rows;
  const isOne = only !== undefined && (same.length === 1 || list.rows.length === 1);
  if (isOne) goToRow(editor, list.rows.indexOf(only));
  if (isOne) press(editor, "right");
  const mistakes = filterFaults(parseFilter(text), false);
  const isFound = list.rows.length > 0 || mistakes.length > 0;
  const word = isFound ? undefined : nearestCounterWord(text.split(/[\s=]/)[0] ?? "");
  const says = word === undefined ? mistakes : [`Did you mean ${word}?`];
  return { talk: { ...talk, from: 0 }, says, showsPlace: true };
}

/** Goes to the next app with staged edits, or the previous one; from the list it is opened, so that it is said. */
export function goToStaged(editor: DrivenEditor, key: "n" | "N", talk: Talk): Reply {
  const { screen, list, staging } = editor.state();
  const row = screen.name === "list" ? stagedRow(list, staging, key === "n" ? 1 : -1) : undefined;
  if (row === undefined) press(editor, key);
  else goToRow(editor, row);
  if (row !== undefined) press(editor, "right");
  return saying(talk);
}

/** Opens the app with a number of the list, or brings back the draft with it. */
export function takeNumber(editor: DrivenEditor, digits: string, talk: Talk): Reply {
  const { screen, list } = editor.state();
  if (screen.name === "drafts") return withDraft(editor, Number(digits), " ", talk);
  if (screen.name === "counters") return saying(talk, `Name the counter too, such as failed ${digits}.`);
  if (screen.name !== "list") return saying(talk, "Numbers choose apps from the list: list says it.");
  const number = Number(digits);
  if (number < 1 || number > list.rows.length)
    return saying(talk, `The list has ${formatCount(list.rows.length)}: no app has the number ${digits}.`);
  goToRow(editor, number - 1);
  press(editor, "right");
  return { talk, says: [], showsPlace: true };
}
