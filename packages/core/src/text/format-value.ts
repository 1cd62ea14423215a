import { memberNames } from "./members.ts";
import { hasMembers, objectKind } from "./object-kind.ts";
import { visibleText } from "./visible-text.ts";

/** Formats a value for a sentence, shortened: an object by the names of its members, or by its kind. */
export function formatValue(value: unknown): string {
  if (hasMembers(value)) return visibleText(`{ ${memberNames(value).join(", ")} }`, 64);
  if (typeof value === "object" && value !== null) return objectKind(value);
  // A function may have a `toString` of its own.
  const text = visibleText(
    typeof value === "function" ? Function.prototype.toString.call(value) : String(value),
    64,
  );
  return typeof value === "string" ? `"${text}"` : typeof value === "bigint" ? `${text}n` : text;
}
