import { conflictLines, countOpen } from "../model/conflicts.ts";
import { reviewLines } from "../model/review.ts";
import { counted } from "../view/counted.ts";
import { decide } from "./decide.ts";
import { goToRow, press, type DrivenEditor } from "./driven-editor.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Decides a line that others have changed too, by its number. */
export function decideLine(editor: DrivenEditor, key: "m" | "t", number: number, talk: Talk): Reply {
  const { screen, staging } = editor.state();
  if (screen.name !== "conflict") {
    const isElsewhere = screen.name === "review" && countOpen(staging) > 0;
    return saying(talk, `Nothing is to be decided here${isElsewhere ? ": enter shows what is" : ""}.`);
  }
  const count = conflictLines(staging).length;
  if (number < 1 || number > count) return saying(talk, `The table has ${counted(count, "line")} to decide.`);
  goToRow(editor, number - 1);
  return decide(editor, key, talk);
}

/** Takes a line out of the review, or asks whether to throw a draft away, by its number. */
export function dropLine(editor: DrivenEditor, number: number, talk: Talk): Reply {
  const { screen, staging } = editor.state();
  if (screen.name === "drafts") return withDraft(editor, number, "x", talk);
  if (screen.name !== "review") return saying(talk, "review says the lines first.");
  const count = reviewLines(staging).length;
  if (number < 1 || number > count) return saying(talk, `The review has ${counted(count, "line")}.`);
  goToRow(editor, number - 1);
  press(editor, "d");
  return { talk, says: [], showsPlace: true };
}

/** Stages what takes a change of the history back, by its number. */
export function undoChange(editor: DrivenEditor, number: number, talk: Talk): Reply {
  const { screen, history } = editor.state();
  if (screen.name !== "history" || history === undefined)
    return saying(talk, "history says the changes first.");
  if (number < 1 || number > history.changes.length)
    return saying(talk, `The history has ${counted(history.changes.length, "change")} here.`);
  goToRow(editor, number - 1);
  press(editor, "u");
  return saying(talk);
}

/** Does to a draft what a key does, by its number. */
export function withDraft(editor: DrivenEditor, number: number, key: " " | "x", talk: Talk): Reply {
  const { found } = editor.state().drafts;
  if (number < 1 || number > found.length)
    return saying(talk, `There ${found.length === 1 ? "is" : "are"} ${counted(found.length, "draft")} here.`);
  goToRow(editor, number - 1);
  press(editor, key);
  return saying(talk);
}
