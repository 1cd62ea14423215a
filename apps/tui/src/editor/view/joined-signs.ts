import { graphemes } from "../../text/width.ts";

/** Which signs of several code points a terminal draws as one, in the two cells that tables of widths give them. */
export interface Joining {
  /** Emoji with a zero-width joiner between them: 👩‍💻. */
  readonly sequences: boolean;
  /** Two letters that make a flag: 🇩🇪. */
  readonly flags: boolean;
  /** An emoji with a skin tone: 👍🏽. */
  readonly tones: boolean;
  /** A sign that only a selector makes an emoji: ❤️. */
  readonly selectors: boolean;
}

/** Draws all of them as one. */
export const joiningAll: Joining = { sequences: true, flags: true, tones: true, selectors: true };

const joined = /\u200D|\uFE0F|\p{Regional_Indicator}|\p{Emoji_Modifier}/u;

/** A text with the signs apart that the terminal does not join: then it and the tables agree on every width. */
export function separateSigns(text: string, joining: Joining): string {
  if (joining === joiningAll || !joined.test(text)) return text;
  return graphemes(text)
    .map((sign) => separate(sign, joining))
    .join("");
}

function separate(sign: string, joining: Joining): string {
  if (sign.includes(joiner)) {
    if (joining.sequences) return joining.tones ? sign : withoutTones(sign);
    return sign
      .split(joiner)
      .map((part) => separate(part, joining))
      .join("");
  }
  let text = sign;
  if (!joining.selectors) text = text.replaceAll(/\uFE0F\u20E3?/g, "");
  if (!joining.tones) text = withoutTones(text);
  if (!joining.flags) text = text.replaceAll(/\p{Regional_Indicator}/gu, letterOf);
  return text;
}

function withoutTones(sign: string): string {
  return sign.replaceAll(/(?<=.)\p{Emoji_Modifier}/gu, "");
}

const joiner = "\u200D";
const firstLetter = 0x1_f1e6;

function letterOf(indicator: string): string {
  return String.fromCharCode("A".charCodeAt(0) + (indicator.codePointAt(0) ?? firstLetter) - firstLetter);
}
