import { visibleText } from "@install-summary/core/text";
import { UserError } from "@install-summary/command-line/errors";

const units: ReadonlyMap<string | undefined, number> = new Map([
  ["s", 1],
  ["m", 60],
  ["h", 3600],
  ["d", 86_400],
]);
const maxSeconds = 30 * 86_400;

/** The value of `--expires-in` in seconds. Throws `UserError` for an invalid duration and one over 30 days. */
export function parseDuration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit] = /^([0-9]{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = Number(number) * (units.get(unit) ?? Number.NaN);
  if (seconds > 0 && seconds <= maxSeconds) return seconds;
  throw new UserError(
    `--expires-in must be a duration such as 90s, 15m, 8h or 7d, at most 30d; got "${visibleText(text, 64)}".`,
  );
}
