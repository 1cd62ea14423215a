import type { CheckedChange } from "./check-plan.ts";
import type { SentChange } from "./send-change.ts";

type ReadyChange = Extract<CheckedChange, { readonly state: "ready" }>;

/** What became of a change that was to be sent. */
export type AppliedChange =
  | { readonly state: "sent"; readonly checked: ReadyChange; readonly sent: SentChange }
  | { readonly state: "failed"; readonly checked: ReadyChange; readonly error: unknown }
  /** It was its turn only after this error, or a person, had ended the work. */
  | { readonly state: "notSent"; readonly checked: ReadyChange; readonly error: unknown };

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
  const results = new Map<ReadyChange, AppliedChange>();
  let next = 0;
  let end: { readonly error: unknown } | undefined;
  await Promise.all(Array.from({ length: Math.min(atOnce, changes.length) }, work));
  return changes.map(
    (checked) =>
      results.get(checked) ?? {
        state: "notSent",
        checked,
        error: end === undefined ? signal.reason : end.error,
      },
  );

  async function work(): Promise<void> {
    while (end === undefined && !signal.aborted) {
      const checked = changes[next];
      if (checked === undefined) return;
      next += 1;
      try {
        results.set(checked, { state: "sent", checked, sent: await send(checked) });
      } catch (error) {
        results.set(checked, { state: "failed", checked, error });
        if (endsAll(error)) end ??= { error };
      }
      say(results.size);
    }
  }
}
