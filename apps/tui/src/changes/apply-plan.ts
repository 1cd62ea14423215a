import type { CheckedChange } from "./check-plan.ts";
import type { SentChange } from "./send-change.ts";

type ReadyChange = Extract<CheckedChange, { readonly state: "ready" }>;

/** What became of a change that was to be sent. */
export type AppliedChange =
  | { readonly state: "sent"; readonly checked: ReadyChange; readonly sent: SentChange }
  | { readonly state: "failed"; readonly checked: ReadyChange; readonly error: unknown }
  /** It was its turn only after the work was stopped. */
  | { readonly state: "notSent"; readonly checked: ReadyChange };

/** How changes are sent. */
export interface ApplyOptions {
  readonly send: (change: ReadyChange) => Promise<SentChange>;
  /** Whether an error would meet the other changes too: what has not begun is then left. */
  readonly endsAll: (error: unknown) => boolean;
  /** Is told how many are decided. */
  readonly say: (decided: number) => void;
  readonly signal: AbortSignal;
}

/** How many changes are on their way at the same time, as in the editor. */
const atOnce = 4;

/** Sends changes, four at a time, each app alone. Resolves to what became of each, in their order. */
export async function applyChanges(
  changes: readonly ReadyChange[],
  { send, endsAll, say, signal }: ApplyOptions,
): Promise<readonly AppliedChange[]> {
  const results: AppliedChange[] = changes.map((checked) => ({ state: "notSent", checked }));
  let next = 0;
  let decided = 0;
  let isStopped = false;
  await Promise.all(Array.from({ length: Math.min(atOnce, changes.length) }, work));
  return results;

  async function work(): Promise<void> {
    while (!isStopped && !signal.aborted && next < changes.length) {
      const index = next;
      next += 1;
      const checked = changes[index];
      if (checked === undefined) return;
      try {
        results[index] = { state: "sent", checked, sent: await send(checked) };
      } catch (error) {
        results[index] = { state: "failed", checked, error };
        isStopped ||= endsAll(error);
      }
      decided += 1;
      say(decided);
    }
  }
}
