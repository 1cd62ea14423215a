import type { Terminal } from "@tooling/terminal";
import { ink, paletteColour, paper } from "./palette.ts";

type Emulator = Terminal["emulator"];
type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<Emulator["buffer"]["active"]["getLine"]>>["getCell"]>
>;

/** Neighbouring cells of a row that look the same. */
export interface Run {
  readonly row: number;
  readonly column: number;
  /** In cells. */
  readonly width: number;
  readonly text: string;
  readonly look: Look;
}

/** How characters look: their colours, and whether they are bold, dim or underlined. */
export interface Look {
  readonly colour: string;
  readonly background: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

/** What is on the screen, in runs; characters of two cells stand alone, so that each keeps its place. */
export function readRuns({ buffer, cols, rows }: Emulator): readonly Run[] {
  const runs: Run[] = [];
  for (let row = 0; row < rows; row += 1) {
    const line = buffer.active.getLine(buffer.active.baseY + row);
    let last: Run | undefined;
    for (let column = 0; column < cols; column += 1) {
      const cell = line?.getCell(column);
      if (cell === undefined || cell.getWidth() === 0) continue;
      const run = { row, column, width: cell.getWidth(), text: cell.getChars() || " ", look: readLook(cell) };
      const joined: Run | undefined = last === undefined ? undefined : join(last, run);
      if (joined === undefined) runs.push(run);
      else runs[runs.length - 1] = joined;
      last = joined ?? run;
    }
  }
  return runs;
}

/** Latin, of which every monospaced font has glyphs of one cell; right-to-left scripts, whose letters join. */
const joining = [/^[\u0020-\u007e\u00a0-\u00ff]*$/, /^[\u0020\u0590-\u08ff]*$/];

function join(left: Run, right: Run): Run | undefined {
  const text = left.text + right.text;
  const isJoined = left.width + right.width === text.length && joining.some((script) => script.test(text));
  if (!isJoined || JSON.stringify(left.look) !== JSON.stringify(right.look)) return undefined;
  return { ...left, width: left.width + right.width, text };
}

function readLook(cell: Cell): Look {
  const colour = cell.isFgDefault() ? ink : paletteColour(cell.getFgColor());
  const background = cell.isBgDefault() ? paper : paletteColour(cell.getBgColor());
  const inverse = cell.isInverse() !== 0;
  return {
    colour: inverse ? background : colour,
    background: inverse ? colour : background,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}
