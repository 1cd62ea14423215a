/** A cell's place in the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Which sides of a cell a line of the box-drawing characters joins: left, right, up, down. */
const lines: Readonly<Record<string, string>> = {
  "─": "lr",
  "│": "ud",
  "┬": "lrd",
  "┴": "lru",
  "├": "rud",
  "┤": "lud",
  "┼": "lrud",
  "┌": "rd",
  "┐": "ld",
  "└": "ru",
  "┘": "lu",
};
const shades: Readonly<Record<string, number>> = { "█": 1, "▓": 0.75, "▒": 0.5, "░": 0.25 };

/** Lines and blocks as shapes: glyphs of a font would leave gaps between the rows. */
export function drawGlyph(
  character: string,
  { x, y, width, height }: Box,
  colour: string,
): string | undefined {
  const shade = shades[character];
  if (shade !== undefined) {
    // A bar is a little lower than its row, so that two of them do not melt together.
    return `<rect x="${x}" y="${y + 2}" width="${width}" height="${height - 4}" fill="${colour}" opacity="${shade}" shape-rendering="crispEdges"/>`;
  }
  const sides = lines[character];
  if (sides === undefined) return undefined;
  const middle = { x: x + width / 2, y: y + height / 2 };
  const ends: Readonly<Record<string, string>> = {
    l: `H${x}`,
    r: `H${x + width}`,
    u: `V${y}`,
    d: `V${y + height}`,
  };
  const path = Array.from(sides, (side) => `M${middle.x} ${middle.y}${ends[side] ?? ""}`).join("");
  return `<path d="${path}" stroke="${colour}" fill="none" shape-rendering="crispEdges"/>`;
}
