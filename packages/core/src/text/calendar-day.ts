/** Whether a day such as `2026-02-28` is one of the calendar: `Date` makes the 2nd of March of the 30th of February. */
export function isCalendarDay(day: string): boolean {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().slice(0, 10) === day;
}
