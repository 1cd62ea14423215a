import { editPackage, replaceOnce } from "./edit-package.ts";

/**
 * Has string-width compile the list of all emoji only for a text that has a sign of one: that takes longer than to draw a whole
 * frame, and the lines of a table or a tick would be reason enough. Every emoji has a code point with the property `Emoji`,
 * which is compiled in no time.
 */
export const lateEmoji = editPackage({
  name: "late emoji",
  file: "string-width/index.js",
  edit: (text) =>
    replaceOnce(
      text,
      "rgiEmojiRegex.test(segment)",
      String.raw`(/\p{Emoji}/u.test(segment) && rgiEmojiRegex.test(segment))`,
    ),
});
