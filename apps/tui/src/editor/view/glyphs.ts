import type { CounterState } from "@install-summary/core";
import { showsUnicode } from "@install-summary/command-line/text";
import { joiningAll, type Joining } from "./joined-signs.ts";

/** How a terminal draws, as far as it was asked. */
export interface Drawing {
  readonly joining: Joining;
  /** Whether our own signs, which tables of widths call ambiguous, take one cell. */
  readonly isNarrow: boolean;
}

/** The signs that the editor draws with, each one cell wide but for the arrows in words. */
export interface Glyphs {
  readonly staged: string;
  readonly cursor: string;
  /** The sign of each state, in the table of counters and in the bars: the table is the bars' legend. */
  readonly states: Readonly<Record<CounterState, string>>;
  readonly done: string;
  readonly wrong: string;
  readonly waiting: string;
  readonly differs: string;
  readonly unchanged: string;
  /** An amount that is counted again on another version. */
  readonly recounted: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly down: string;
  readonly up: string;
  readonly to: string;
  readonly descending: string;
  readonly ascending: string;
  readonly minus: string;
  readonly caret: string;
  /** Where a text is cut. */
  readonly ellipsis: string;
  /** At the end of words on what goes on, or on what asks for more. */
  readonly goesOn: string;
  readonly dot: string;
  readonly times: string;
  readonly progress: string;
  /** The heights of a trend of numbers, the lowest first. */
  readonly blocks: readonly string[];
  /** A part of such a trend of which nothing is known: no sign that elsewhere is a fault or a doubt. */
  readonly unknown: string;
  /** What of texts from outside is drawn as one sign; undefined where they are ASCII too. */
  readonly joining: Joining | undefined;
  readonly keys: {
    readonly upDown: string;
    readonly leftRight: string;
    readonly up: string;
    readonly down: string;
    readonly left: string;
    readonly right: string;
    readonly enter: string;
  };
}

const unicode: Glyphs = {
  staged: "●",
  cursor: "▸",
  states: { installed: "█", failed: "✗", notApplicable: "░", notInstalled: "·", pendingInstall: "▒" },
  done: "✓",
  wrong: "✗",
  waiting: "◌",
  differs: "≠",
  unchanged: "○",
  recounted: "≈",
  horizontal: "─",
  vertical: "│",
  down: "┬",
  up: "┴",
  to: "→",
  descending: "↓",
  ascending: "↑",
  minus: "−",
  caret: "▏",
  ellipsis: "…",
  goesOn: "…",
  dot: "·",
  times: "×",
  progress: "█",
  blocks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
  unknown: "·",
  joining: joiningAll,
  keys: { upDown: "↑↓", leftRight: "←→", up: "↑", down: "↓", left: "←", right: "→", enter: "⏎" },
};

const ascii: Glyphs = {
  staged: "*",
  cursor: ">",
  states: { installed: "#", failed: "x", notApplicable: "-", notInstalled: ".", pendingInstall: "=" },
  done: "+",
  wrong: "x",
  waiting: ":",
  differs: "@",
  unchanged: "o",
  recounted: "~",
  horizontal: "-",
  vertical: "|",
  down: "-",
  up: "-",
  to: "->",
  descending: "v",
  ascending: "^",
  minus: "-",
  caret: "_",
  ellipsis: "~",
  goesOn: "...",
  dot: "-",
  times: "x",
  progress: "#",
  blocks: ["_", ".", "-", ":", "=", "+", "*", "#"],
  unknown: "/",
  joining: undefined,
  keys: {
    upDown: "Up/Down",
    leftRight: "Left/Right",
    up: "Up",
    down: "Down",
    left: "Left",
    right: "Right",
    enter: "Enter",
  },
};

/** The signs that a terminal with this environment can show: plain ASCII where its locale is not UTF-8. */
export function glyphsFor(env: Readonly<Record<string, string | undefined>>): Glyphs {
  return showsUnicode(env) ? unicode : ascii;
}

/**
 * The signs where they are said in words, which are ASCII: the locale is about texts from outside alone. They are those that
 * there are words for; what is typed ends without a sign.
 */
export function glyphsInWords(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const { joining, dot } = glyphsFor(env);
  return { ...unicode, dot: dot === unicode.dot ? dot : ",", caret: "", joining };
}

/** The same where a screen reader says them, with the keys. */
export function glyphsSpoken(env: Readonly<Record<string, string | undefined>>): Glyphs {
  const keys = { ...ascii.keys, upDown: "Up Down", leftRight: "Left Right" };
  return { ...glyphsInWords(env), times: " by ", keys };
}

/** The signs for a terminal that shows Unicode, and draws it like this. */
export function glyphsDrawn({ joining, isNarrow }: Drawing): Glyphs {
  return { ...(isNarrow ? unicode : ascii), joining };
}

/** The whole set of signs, for terminals that show them. */
export const unicodeGlyphs: Glyphs = unicode;
