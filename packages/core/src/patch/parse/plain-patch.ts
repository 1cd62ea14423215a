import { isCount, isCounterName, type CounterName } from "../../resource/counters.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { hasMembers } from "../../text/object-kind.ts";

// Nearly every body holds nothing but counters with plain values. Such a body is checked exactly and at once; any other
// is left to the full parser, which gives the same patch for it or says what is wrong.

const begin = /[ \t\n\r]*\{/y;
const member = /[ \t\n\r]*"([A-Za-z]+)"[ \t\n\r]*:[ \t\n\r]*(0|[1-9][0-9]{0,8})[ \t\n\r]*([,}])/y;
const end = /[ \t\n\r]*$/y;

/** Parses a JSON text that has only counters, each once, with at most nine digits; undefined for any other text. */
export function parsePlainText(text: string): InstallSummaryPatch | undefined {
  begin.lastIndex = 0;
  if (!begin.test(text)) return undefined;
  member.lastIndex = begin.lastIndex;
  const patch: { [Name in CounterName]?: number } = {};
  for (;;) {
    const [, name = "", digits, separator] = member.exec(text) ?? [];
    if (!isCounterName(name) || patch[name] !== undefined) return undefined;
    patch[name] = Number(digits);
    if (separator === "}") break;
  }
  end.lastIndex = member.lastIndex;
  return end.test(text) ? patch : undefined;
}

/** Parses an object that has only counters with valid values; undefined for any other value. */
export function parsePlainObject(value: unknown): InstallSummaryPatch | undefined {
  if (!hasMembers(value)) return undefined;
  const patch: { [Name in CounterName]?: number } = {};
  for (const [name, count] of Object.entries(value)) {
    if (count === undefined) continue;
    if (!isCounterName(name) || !isCount(count)) return undefined;
    // Zero is added so that -0 becomes 0.
    patch[name] = count + 0;
  }
  return patch;
}
