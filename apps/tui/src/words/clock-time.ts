/** The time of day of a moment in milliseconds, where the program runs: `10:02:11`. */
export function clockTime(moment: number): string {
  return new Date(moment).toTimeString().slice(0, 8);
}

/** A moment as short as tells it from others until now: `8:02`, with its date on another day: `2026-11-25 8:02`. */
export function timeText(moment: number, now: number): string {
  const time = clockTime(moment).slice(0, 5).replace(/^0/, "");
  const date = dateText(moment);
  return date === dateText(now) ? time : `${date} ${time}`;
}

/** A moment with its date, where the program runs: `2026-11-26 10:02:11`. */
export function momentText(moment: number): string {
  return `${dateText(moment)} ${clockTime(moment)}`;
}

function dateText(moment: number): string {
  const date = new Date(moment);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}
