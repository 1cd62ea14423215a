/** Letters that move as an arrow or another key without text does. */
const moves: Readonly<Record<string, string>> = {
  k: "up",
  j: "down",
  "ctrl-u": "pageUp",
  "ctrl-d": "pageDown",
  g: "home",
  G: "end",
};

/** By how many lines a key moves, up where it is negative; undefined for a key that does not move. */
export function stepOf(key: string, page: number): number | undefined {
  return arrowStep(moves[key] ?? key, page);
}

/** The same without letters, where they are text. */
export function arrowStep(key: string, page: number): number | undefined {
  switch (key) {
    case "up":
      return -1;
    case "down":
      return 1;
    case "pageUp":
      return -page;
    case "pageDown":
      return page;
    case "home":
      return -Infinity;
    case "end":
      return Infinity;
    default:
      return undefined;
  }
}
