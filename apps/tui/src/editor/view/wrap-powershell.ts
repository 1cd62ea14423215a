import { graphemes, graphemeWidth, widthOf } from "../../text/width.ts";

/**
 * A PowerShell command in lines of at most `width` cells that still works when the lines are selected and pasted. A line
 * is broken where a backtick may stand: between words, never inside a string. A string that is longer than a line is
 * written as a sum of strings.
 */
export function wrapPowershell(command: string, width: number): readonly string[] {
  // Blank, backtick, end of the line: what a line break takes away from a line, and the blanks that the next begins with.
  const room = width - 2;
  const words = wordsOf(command.replaceAll(/ `\n */g, " ")).flatMap((word) =>
    splitString(word, room - indent.length),
  );
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

/** A single-quoted string that is too long as a sum: `('one' + 'two')`. Two quotes that mean one stay together. */
function splitString(word: string, width: number): readonly string[] {
  const [, text] = /^'(.*)'$/s.exec(word) ?? [];
  if (text === undefined || widthOf(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const sign of graphemes(text.replaceAll("''", "\0"))) {
    const shown = sign === "\0" ? "''" : sign;
    const signWidth = sign === "\0" ? 2 : graphemeWidth(sign);
    // Two brackets and two quotes.
    if (piece !== "" && widthOf(piece) + signWidth > width - 4) {
      pieces.push(piece);
      piece = "";
    }
    piece += shown;
  }
  pieces.push(piece);
  const last = pieces.length - 1;
  return pieces.flatMap((one, index) => [
    `${index === 0 ? "(" : ""}'${one}'${index === last ? ")" : ""}`,
    ...(index === last ? [] : ["+"]),
  ]);
}
