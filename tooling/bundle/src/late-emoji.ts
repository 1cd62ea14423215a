import { editPackage, replaceOnce } from "./edit-package.ts";

/**
 * Has string-width make the list of all emoji only for a text that has a sign of one: that takes longer than to draw a whole
 * frame, and the lines of a table or a tick would be reason enough. Every emoji has a code point with the property `Emoji`,
 * which is made in no time.
 */
export const lateEmoji = editPackage({
  name: "late emoji",
  file: "string-width/index.js",
  edit: (text) =>
    replaceOnce(
      replaceOnce(text, String.raw`const rgiEmojiRegex = /^\p{RGI_Emoji}$/v;`, "let rgiEmojiRegex;"),
      "rgiEmojiRegex.test(segment)",
      String.raw`(/\p{Emoji}/u.test(segment) && (rgiEmojiRegex ??= /^\p{RGI_Emoji}$/v).test(segment))`,
    ),
});
