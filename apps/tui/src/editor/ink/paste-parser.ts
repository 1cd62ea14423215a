const escape = "\u001B";
const pasteStart = `${escape}[200~`;
const pasteEnd = `${escape}[201~`;
/** What may be the beginning of a paste's mark, or of a key, whose rest is still to come. */
const beginning = /\u001B(?:\[[\d;]*)?$/;
const onlyInterrupts = /^\u0003+$/;
/** Esc as a key. The editor ignores the NUL, which ends the wait of Ink for what else may begin with an Esc. */
const escapeKey = `${escape}\0`;

/** How long an Esc may be the beginning of more, in milliseconds. */
const escapePatience = 50;
/** How long more of a paste, or of a longer beginning, is waited for, in milliseconds. */
const patience = 1000;

/** A paste waits for its end, or was given up by the person. */
export type PasteNews = "pasteStalled" | "pasteGivenUp";

/** What can be read now. */
export interface Parsed {
  /** Keys and whole pastes. Each paste has a NUL before it, so that Ink takes no Esc before it for a part of its mark. */
  readonly text: string;
  readonly news?: PasteNews;
}

/** Puts pastes together, wherever the reads cut them. It knows no time: `expire` is called where it has waited long enough. */
export interface PasteParser {
  take(chunk: string): Parsed;
  expire(): Parsed;
  /** How long to wait for more, in milliseconds; undefined where waiting changes nothing. */
  patience(): number | undefined;
}

/** A parser before anything came. */
export function createPasteParser(): PasteParser {
  /** What more is to come of: a paste from its mark on, or a beginning. */
  let held = "";
  /** Whether the Esc that it begins with was given as a key already: a mark may still go on after that. */
  let isEscapeGiven = false;
  /** Whether the end of the paste is overdue. Until then nothing in it is a key. */
  let isStalled = false;
  let isGivingUp = false;

  return { take, expire, patience: () => (held === "" ? undefined : patienceNow()) };

  function take(chunk: string): Parsed {
    if (isStalled && onlyInterrupts.test(chunk)) {
      hold("");
      return { text: chunk, news: "pasteGivenUp" };
    }
    isGivingUp = isStalled && chunk === escape;
    const wasGiven = isEscapeGiven;
    const all = held + chunk;
    const { whole, rest } = split(withoutEnd(wasGiven && all[1] !== "[" ? all.slice(1) : all));
    // A paste that grows is as overdue as before.
    if (rest === all && rest.startsWith(pasteStart)) held = rest;
    else hold(rest, wasGiven && rest === all);
    return { text: whole };
  }

  function expire(): Parsed {
    if (!held.startsWith(pasteStart)) {
      isEscapeGiven = true;
      return { text: escapeKey };
    }
    if (isGivingUp) {
      // It may be that of the end of the paste after all.
      hold(escape, true);
      return { text: "", news: "pasteGivenUp" };
    }
    isStalled = true;
    return { text: "", news: "pasteStalled" };
  }

  function hold(text: string, isGiven = false): void {
    held = text;
    isEscapeGiven = isGiven;
    isStalled = false;
    isGivingUp = false;
  }

  function patienceNow(): number | undefined {
    if (isGivingUp) return escapePatience;
    if (isStalled || isEscapeGiven) return undefined;
    return held === escape ? escapePatience : patience;
  }
}

/** A text without the end of a paste that was given up: it comes before any start. */
function withoutEnd(text: string): string {
  const [start, end] = [text.indexOf(pasteStart), text.indexOf(pasteEnd)];
  const isLeft = end !== -1 && (start === -1 || end < start);
  return isLeft ? text.slice(end + pasteEnd.length) : text;
}

/** What of a text is whole, with each paste marked, and the rest, of which more is to come. */
function split(text: string): { readonly whole: string; readonly rest: string } {
  let whole = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf(pasteStart, from);
    const end = text.indexOf(pasteEnd, start);
    if (start === -1 || end === -1) {
      const keys = start === -1 ? text.slice(from).replace(beginning, "") : text.slice(from, start);
      return { whole: whole + keys, rest: text.slice(from + keys.length) };
    }
    const next = end + pasteEnd.length;
    whole += `${text.slice(from, start)}\0${text.slice(start, next)}`;
    from = next;
  }
}
