import type { IUnicodeVersionProvider } from "@xterm/headless";

const none = /\p{M}|[\u200B-\u200D]|\p{Emoji_Modifier}/u;
const wide =
  /[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

/** The widths of a terminal that adds up code points, as wcwidth(3) does: a family of four takes eight cells. */
export const codePointWidths: IUnicodeVersionProvider = {
  version: "code points",
  wcwidth: widthOf,
  charProperties(codePoint, preceding) {
    const width = widthOf(codePoint);
    const before = (preceding >> 1) & 3;
    // As the emulator packs them: the width, and whether it belongs to the cell before.
    return width === 0 && before > 0 ? (before << 1) | 1 : width << 1;
  },
};

function widthOf(codePoint: number): 0 | 1 | 2 {
  const sign = String.fromCodePoint(codePoint);
  if (none.test(sign)) return 0;
  return wide.test(sign) ? 2 : 1;
}
