import { isCalendarDay } from "../text/calendar-day.ts";

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d)$/i;

/**
 * The key by which times compare as texts: a time of RFC 3339 in UTC without the `Z`, and without zeros at the end of its
 * fraction. Undefined for anything else.
 */
export function timeKey(time: string): string | undefined {
  const [, start = "", fraction = "", zone = ""] = form.exec(time) ?? [];
  const milliseconds = Date.parse(`${start}${zone}`.toUpperCase());
  if (Number.isNaN(milliseconds) || !isCalendarDay(start.slice(0, 10))) return undefined;
  const digits = fraction.replace(/0+$/, "");
  const seconds = new Date(milliseconds).toISOString();
  // A zone may lead out of the four digits of a year.
  return /^\d{4}-/.test(seconds) ? seconds.slice(0, 19) + (digits && `.${digits}`) : undefined;
}
