/** Who has changed something, as far as the log of changes tells: this person in another place, or also another one. */
export type Who = "you" | "others" | "unknown";

/** That something was changed, in lower case, such as `it has changed from 40 to 38`. */
export function changedBy(who: Who, what: string, { how = "", count = 1 } = {}): string {
  if (who === "you") return `you changed ${what}${how} in another place`;
  if (who === "others") return `someone else changed ${what}${how}`;
  return `${what} ${count === 1 ? "has" : "have"} changed${how}`;
}
