import { askToSend } from "./ask-to-send.ts";
import { decide } from "./decide.ts";
import { press, type DrivenEditor } from "./driven-editor.ts";
import { goToStaged } from "./find-apps.ts";
import { saying, type Reply, type Talk } from "./reply.ts";
import { unchosen } from "./unchosen.ts";

/** The reply to a yes without a question. */
export const nothingAsked = "Nothing was asked. send asks whether to send.";

/** Presses a key of the editor that a person has typed by its name, where it is clear what it acts on. */
export function pressKey(editor: DrivenEditor, key: string, talk: Talk): Reply {
  if (key === "t" && editor.state().screen.name !== "conflict") {
    return saying(
      talk,
      "A token that is typed here would be seen. Quit, and set a new one where it comes from.",
    );
  }
  if (key === "/" || key === ":")
    return saying(talk, "Every line is a command, or a text to find apps by. help tells more.");
  if (key === "y") {
    return editor.state().screen.name === "review" ? askToSend(editor, talk) : saying(talk, nothingAsked);
  }
  if (key === "n" || key === "N") return goToStaged(editor, key, talk);
  if (key === "q") {
    press(editor, "q");
    return { ...saying(talk), ends: editor.state().question === undefined };
  }
  const refused = unchosenReply(editor, key, talk);
  if (refused !== undefined) return refused;
  if (editor.state().screen.name === "conflict" && /^[mtMT]$/.test(key)) return decide(editor, key, talk);
  // What is about the list needs no open app closed first.
  if ((key === "f" || key === "o") && editor.state().screen.name === "counters") press(editor, "escape");
  const before = editor.state().list;
  press(editor, key);
  const { list, screen } = editor.state();
  const isOther = list.failuresOnly !== before.failuresOnly || list.sort !== before.sort;
  // Another order is said from its beginning.
  const first = isOther || screen.name === "sort" ? 0 : talk.from;
  // These change a line that nobody has named, and say nothing by themselves.
  const isReviewed = screen.name === "review" && (key === " " || key === "d");
  return { talk: { ...talk, from: first }, says: [], showsPlace: isOther || isReviewed };
}

/** What is replied in place of a key that would act on what nobody has chosen; undefined for any other. */
export function unchosenReply(editor: DrivenEditor, key: string, talk: Talk): Reply | undefined {
  const first = unchosen(editor.state(), key);
  return first === undefined ? undefined : saying(talk, first);
}
