import { press, type DrivenEditor } from "./driven-editor.ts";
import { noApp } from "./edit-counter.ts";
import { withDraft } from "./numbered-lines.ts";
import { pressKey } from "./press-key.ts";
import { saying, type Reply, type Talk } from "./reply.ts";

/** Asks whether to drop all edits of an app, or the only draft; says what to name where there are several. */
export function dropApp(editor: DrivenEditor, talk: Talk): Reply {
  const { screen, staging, drafts } = editor.state();
  if (screen.name === "list" || screen.name === "counters") return pressKey(editor, "D", talk);
  if (screen.name === "drafts") {
    if (drafts.found.length === 1) return withDraft(editor, 1, "x", talk);
    return saying(talk, "Type the number of the draft too, such as drop 1.");
  }
  if (screen.name !== "review" && screen.name !== "results") return saying(talk, noApp);
  if (staging.apps.size !== 1) return saying(talk, screen.name === "review" ? unnamed : noApp);
  // The only app of the results is the only one of the review, too.
  if (screen.name === "results") press(editor, "s");
  press(editor, "enter");
  // What others have changed too is opened in place of the app.
  if (editor.state().screen.name === "counters") return pressKey(editor, "D", talk);
  press(editor, "escape");
  return saying(talk, unnamed);
}

const unnamed =
  "Type the number of the line too, such as drop 1. For all edits of an app, type its name first, then drop.";
