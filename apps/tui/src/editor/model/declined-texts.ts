import type { Question } from "./editor-state.ts";

/** What a reply that is no has left as it was. */
export const declinedTexts: Readonly<Record<Question["kind"], string>> = {
  quit: "Not quit.",
  drop: "Nothing was dropped.",
  throwAway: "No draft was thrown away.",
  copy: "Nothing was copied.",
  token: "The token stays as it was.",
  sendMany: "Nothing was sent.",
};

/** Where every change is forbidden. */
export const readOnlyText = "Read-only: nothing can be staged or sent here.";
