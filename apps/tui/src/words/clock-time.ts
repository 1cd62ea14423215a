/** The time of day of a moment in milliseconds, where the program runs: `10:02:11`. */
export function clockTime(moment: number): string {
  return new Date(moment).toTimeString().slice(0, 8);
}
