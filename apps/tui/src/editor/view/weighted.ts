import type { Line } from "./line.ts";

/** A line and how much it matters. */
export interface Weighted {
  readonly weight: number;
  readonly line: Line;
}

/** As many lines as there is room for: where it is short, what matters least goes first, the lowest of equals. */
export function keepMost(parts: readonly (Weighted | undefined)[], height: number): readonly Line[] {
  const kept = parts.filter((part) => part !== undefined);
  while (kept.length > Math.max(0, height)) {
    const least = Math.min(...kept.map((part) => part.weight));
    kept.splice(
      kept.findLastIndex((part) => part.weight === least),
      1,
    );
  }
  return kept.map((part) => part.line);
}
