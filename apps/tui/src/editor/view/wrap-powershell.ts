import { graphemes, widthOf } from "../../text/width.ts";

/**
 * PowerShell commands in lines of at most `width` cells that still work when the lines are selected and pasted. A line is
 * broken where a backtick may be: between words, never inside a string. A string that is longer than a line is written as a
 * sum of strings.
 */
export function wrapPowershell(commands: string, width: number): readonly string[] {
  const whole = commands.replaceAll(/ `\n */g, " ");
  return whole.split("\n").flatMap((command) => wrapOne(command, width));
}

function wrapOne(command: string, width: number): readonly string[] {
  // Blank, backtick, end of the line: what a line break takes away from a line, and the blanks that the next begins with.
  const room = width - 2;
  const words = wordsOf(command).flatMap((word) => splitString(word, room - indent.length));
  const rows: string[] = [];
  let row = "";
  for (const word of words) {
    if (row === "") row = word;
    else if (widthOf(`${row} ${word}`) <= room) row += ` ${word}`;
    else {
      rows.push(`${row} \``);
      row = indent + word;
    }
  }
  return [...rows, row];
}

const indent = "  ";

/** The words of a command: texts between blanks outside quotes. */
function wordsOf(command: string): readonly string[] {
  return command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
}

/**
 * A single-quoted string that is too long as a sum: `('one' + 'two')`. Two quotes that mean one stay together, and what
 * ends the command stays behind it.
 */
function splitString(word: string, width: number): readonly string[] {
  const [, text, end = ""] = /^'(.*)'(;?)$/s.exec(word) ?? [];
  if (text === undefined || widthOf(word) <= width) return [word];
  // Two brackets and two quotes.
  const room = width - 4 - end.length;
  const pieces: string[] = [];
  let piece = "";
  for (const sign of signsOf(text)) {
    if (piece !== "" && widthOf(piece) + widthOf(sign) > room) {
      pieces.push(piece);
      piece = "";
    }
    piece += sign;
  }
  pieces.push(piece);
  const last = pieces.length - 1;
  return pieces.flatMap((one, index) => [
    `${index === 0 ? "(" : ""}'${one}'${index === last ? `)${end}` : ""}`,
    ...(index === last ? [] : ["+"]),
  ]);
}

/** The signs of a quoted text, where a doubled quote, straight or typographic, is one. */
function signsOf(text: string): readonly string[] {
  return text
    .split(/(''|‘‘|’’|‚‚|‛‛)/)
    .flatMap((part, index) => (index % 2 === 1 ? [part] : graphemes(part)));
}
