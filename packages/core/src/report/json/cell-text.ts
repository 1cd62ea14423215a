import { parseCounterText } from "../../resource/counter-text.ts";
import type { JsonValue } from "../../text/json-value.ts";

/**
 * The text that a cell of a CSV file would have. A JSON number that is whole is written in digits: 1.000 and 1e0 are the
 * number 1, while the text "1.000" may be a thousand. Arrays and objects have no text; a counter, an id or a type is
 * rejected by their sign, a name or a publisher by `createValueParser`.
 */
export function cellText(value: JsonValue): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  if (value.kind !== "number") return value.kind === "array" ? "[…]" : "{…}";
  const whole = parseCounterText(value.text);
  return whole.kind === "value" ? String(whole.value) : value.text;
}
