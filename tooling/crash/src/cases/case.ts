import type { History } from "../history/history.ts";

/** One way to disturb a facade under load. */
export interface Case {
  /** Its name on the command line. */
  readonly name: string;
  /** What holds, in a sentence. */
  readonly promise: string;
  /** How often it is repeated: in every run of the tests, and in a long one. */
  readonly rounds: { readonly short: number; readonly long: number };
  /** Why it cannot run on this machine. */
  readonly missing?: () => string | undefined;
  readonly run: (rounds: number) => Promise<Verdict>;
}

/** What came of a case. */
export interface Verdict {
  /** A sentence for each promise that was broken, and where the disturbance did not come about. */
  readonly faults: readonly string[];
  /** What happened, in figures. */
  readonly told: string;
}

/** The figures of a history. */
export function describeHistory({ changes, seen }: History): string {
  const count = (outcome: string): number => changes.filter((change) => change.outcome === outcome).length;
  return `${count("acknowledged")} changes acknowledged, ${count("refused")} refused, ${count("unknown")} unknown; ${seen.length} summaries seen`;
}

/** A whole number between two, both included, by chance. */
export function anyBetween(minimum: number, maximum: number): number {
  return minimum + Math.floor(Math.random() * (maximum - minimum + 1));
}
