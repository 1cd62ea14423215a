/** How a command ends, as scripts see it. */
export const exitCodes = {
  done: 0,
  /** A defect of this program. */
  unexpected: 1,
  /** What was typed or set, the data folder, the port. */
  usage: 2,
  /** The file as a whole is refused, and nothing of it is in. */
  refused: 6,
  /** The store fails. */
  unavailable: 7,
  /** Some rows are rejected, and the others are in. */
  partly: 8,
} as const;
