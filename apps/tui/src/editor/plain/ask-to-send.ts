import { goToPlace, press, type DrivenEditor } from "./driven-editor.ts";
import { saying, type Reply, type Talk } from "./reply.ts";
import { plainReview, sendQuestion } from "./review-lines.ts";

/** Asks whether to send what the review shows, or has the editor say why nothing can be sent. */
export function askToSend(editor: DrivenEditor, talk: Talk): Reply {
  const isOpen = editor.state().screen.name === "review";
  if (!isOpen) goToPlace(editor);
  if (!isOpen) press(editor, "s");
  if (editor.state().screen.name !== "review") return saying(talk);
  const question = sendQuestion(editor.state());
  // What is sent is said first.
  if (question !== undefined)
    return { talk: { ...talk, asked: reviewText(editor) }, says: [question], showsPlace: !isOpen };
  // The editor says why nothing can be sent.
  if (isOpen) press(editor, "y");
  return { talk, says: [], showsPlace: !isOpen };
}

/** Sends what was asked about, unless it is something else by now: that is said instead. */
export function sendAsked(editor: DrivenEditor, talk: Talk): Reply {
  const calm: Talk = { ...talk, asked: undefined };
  const isSame = editor.state().screen.name === "review" && reviewText(editor) === talk.asked;
  const declined = "Nothing was sent: this has just changed.";
  if (!isSame) return { talk: calm, says: [], showsPlace: true, declined };
  press(editor, "y");
  return saying(calm);
}

function reviewText(editor: DrivenEditor): string {
  return plainReview(editor.state()).join("\n");
}
