/** What can be typed. */
export const plainHelp: readonly string[] = [
  "A name, or a part of it: finds apps; words such as failed>10 and platform:ios narrow them. find WORDS does the same.",
  "A number: chooses from the list. list: the list. more: what follows in it, or in a history. next, previous: apps with staged edits. failures: only those.",
  "failed 8, users pending -2, not applicable +5: stages a number, or an amount. failed: says it. revert failed: as it was.",
  "A JSON patch, or ten numbers: stages all of them.",
  "review: what would be sent. drop 1: takes a line out. drop: all edits of the app. json: the request.",
  "send, then yes: sends what the review says. again: reads again what is there.",
  "undo, redo: the last edit; after sending, what takes the change back. undo all: all that was sent.",
  "mine 1, theirs 1: decides a line that both sides have changed; enter goes on to the review.",
  "history: who changed what of the open app. history all: of all apps. undo 2: stages what takes the second change back.",
  "back: one step back. quit: ends; drafts stay. An empty line says where you are.",
  "Keys that a message names, such as s, u, R, c or x, are lines here too.",
];
