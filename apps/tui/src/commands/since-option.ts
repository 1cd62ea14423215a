import { isCalendarDay } from "@install-summary/core/text";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";

const units: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 24 * 3600, w: 7 * 24 * 3600 };

/**
 * The moment that `--since` names: a day or a time as in RFC 3339, where a missing offset means local time, or how long
 * ago it was. Throws `UserError` for anything else.
 */
export function parseSince(text: string, now: number): Date {
  const [, count = "", unit = ""] = /^(\d{1,5})([mhdw])$/.exec(text.trim()) ?? [];
  const seconds = units[unit];
  if (seconds !== undefined) return new Date(now - Number(count) * seconds * 1000);
  const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:\d\d)?)?$/i;
  const [, day = "", time = "00:00", offset = ""] = form.exec(text.trim()) ?? [];
  const moment = new Date(`${day}T${time}${offset}`);
  if (isCalendarDay(day) && !Number.isNaN(moment.getTime())) return moment;
  throw new UserError(`--since must be a time; got ${shownWord(text)}.`, {
    exit: exitCodes.usage,
    code: "Usage",
    target: "--since",
    argument: text,
    help: ["Write 2026-11-26, 2026-11-26T08:00Z, or how long ago it was: 30m, 2h, 7d."],
  });
}
