import { goToPlace, press, type DrivenEditor } from "./driven-editor.ts";
import type { Reply, Talk } from "./reply.ts";
import { sendQuestion } from "./review-lines.ts";

/** Asks whether to send what the review shows, or has the editor say why nothing can be sent. */
export function askToSend(editor: DrivenEditor, talk: Talk): Reply {
  if (editor.state().screen.name !== "review") {
    goToPlace(editor);
    press(editor, "s");
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
  press(editor, "y");
  return { talk, says: [], showsPlace: false };
}
