/** The sixteen colours of a dark terminal, as the palette numbers them. */
const colours = [
  ["#21262d", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#c9d1d9"],
  ["#6e7681", "#ffa198", "#7ee787", "#f2cc60", "#a5d6ff", "#e2c5ff", "#b3f0ff", "#f0f6fc"],
].flat();

/** The background of the picture. */
export const paper = "#0d1117";
/** The line around the picture. */
export const frame = "#30363d";
/** The colour of text that has none of its own. */
export const ink = "#c9d1d9";

/** The editor keeps to the terminal's own sixteen colours, so that it fits every theme. */
export function paletteColour(index: number): string {
  const colour = colours[index];
  if (colour === undefined) throw new Error(`Colour ${index} is not one of the terminal's sixteen.`);
  return colour;
}
