/** The time of day of a moment in milliseconds, where the program runs: `10:02:11`. */
function clockTime(moment: number): string {
  return new Date(moment).toTimeString().slice(0, 8);
}

/** The time of day without its seconds: `08:02`. */
export function shortTime(moment: number): string {
  return clockTime(moment).slice(0, 5);
}

/** A moment until now: `08:02`, with its date on another day: `2026-11-25 08:02`. */
export function timeText(moment: number, now: number): string {
  return isSameDate(moment, now) ? shortTime(moment) : `${dateText(moment)} ${shortTime(moment)}`;
}

/** The same in few letters: `08:02`, or only the date of another day: `2026-11-25`. */
export function briefTime(moment: number, now: number): string {
  return isSameDate(moment, now) ? shortTime(moment) : dateText(moment);
}

/** The same with seconds, to compare it with a log: `08:02:11`, or `2026-11-25 08:02:11`. */
export function exactTime(moment: number, now: number): string {
  return isSameDate(moment, now) ? clockTime(moment) : momentText(moment);
}

/** A moment with its date, where the program runs: `2026-11-26 10:02:11`. */
export function momentText(moment: number): string {
  return `${dateText(moment)} ${clockTime(moment)}`;
}

function isSameDate(one: number, other: number): boolean {
  return dateText(one) === dateText(other);
}

function dateText(moment: number): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}
