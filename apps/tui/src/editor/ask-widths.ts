import { withoutReports, type QuietInput } from "./ink/without-reports.ts";
import type { Drawing } from "./view/glyphs.ts";

/** Signs that terminals disagree on, each of which the tables of widths give two cells, and one of our own, which has one. */
const doubtful = { sequences: "👩‍💻", flags: "🇩🇪", tones: "👍🏽", selectors: "❤️", own: "─" } as const;

/** How many reports of the cursor the question brings. */
const reportCount = Object.keys(doubtful).length;

/**
 * What asks a terminal how wide it draws these signs: each is written from the left edge on, and the terminal reports where the
 * cursor is then. The row is empty again at the end, before a terminal comes to draw it.
 */
const widthQuestion = `${Object.values(doubtful)
  .map((sign) => `\r${sign}\u001B[6n`)
  .join("")}\r\u001B[K`;

/**
 * Asks the terminal, and gives the input without its reports; `told` is given what they say. Nothing waits for them, and a
 * terminal that sends none changes nothing. It has to be raw, or it would show the reports.
 */
export function askWidths(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  told: (drawing: Drawing) => void,
): QuietInput<NodeJS.ReadStream> {
  const quiet = withoutReports(stdin, reportCount, (columns) => told(drawingOf(columns)));
  stdout.write(widthQuestion);
  return quiet;
}

/** What the columns say that a terminal has reported, in the order of the question. */
export function drawingOf(columns: readonly number[]): Drawing {
  const [sequences, flags, tones, selectors, own] = columns.map((column) => column - 1);
  const joining = {
    sequences: sequences === 2,
    flags: flags === 2,
    tones: tones === 2,
    selectors: selectors === 2,
  };
  return { joining, isNarrow: own === 1 };
}
