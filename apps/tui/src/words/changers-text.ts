import type { ListedChange } from "@install-summary/core/client";
import { changeActor } from "./change-words.ts";
import { timeText } from "./clock-time.ts";

/**
 * Who made changes, the latest first, and when: the texts from the longest to the shortest. `Ada Byron, 10:02` where one
 * person made all of them; a name of several has its own time. None where there are no changes.
 */
export function changersTexts(changes: readonly ListedChange[], now: number): readonly string[] {
  const latest = new Map<string, ListedChange>();
  for (const change of changes) if (!latest.has(whoOf(change))) latest.set(whoOf(change), change);
  const [first, ...others] = latest.values();
  if (first === undefined) return [];
  const time = (change: ListedChange): string => timeText(Date.parse(change.changedAt), now);
  if (others.length === 0) {
    return [isImport(first) ? `${whoOf(first)} ${time(first)}` : `${whoOf(first)}, ${time(first)}`];
  }
  const texts = [first, ...others].map((change) => `${whoOf(change)} ${time(change)}`);
  return [texts.join("; "), `${texts[0]} and ${others.length} more`];
}

/** `Ada Byron`, or `import, Ada Byron`. */
function whoOf(change: ListedChange): string {
  return isImport(change) ? `import, ${changeActor(change)}` : changeActor(change);
}

function isImport({ origin }: ListedChange): boolean {
  return origin === "import";
}
