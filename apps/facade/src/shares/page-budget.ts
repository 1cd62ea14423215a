import { type BatchAccount, type Caller, throttled } from "@install-summary/core/service";
import type { LoopTurns } from "./loop-turns.ts";
import { callerKey, createShares, type UsedUp } from "./shares.ts";

/** Opens the account of one batch of a caller. */
export type PageBudget = (caller: Pick<Caller, "tenantId" | "actor">) => BatchAccount;

const mebibyte = 1024 * 1024;
/** What the responses of all batches may hold together, until the last request of each is done. */
const max = 64 * mebibyte;
/** What those of one caller may. */
const maxOfEach = 16 * mebibyte;

/**
 * Makes the budget that all batches of a service have together: how long their responses may be, in characters, before
 * further pages of apps have to wait for another batch. The long bodies of a batch are parsed in turns.
 */
export function createPageBudget(turns: Pick<LoopTurns, "queue">): PageBudget {
  const shares = createShares({ max, maxOfEach });
  return (caller) => {
    const key = callerKey(caller);
    let own = 0;
    const hold = (length: number): void => {
      own += length;
      shares.add(key, length);
    };
    return {
      checkPage() {
        const usedUp = shares.usedUp(key);
        if (usedUp !== undefined) throw throttled("batchPages", 1, help[usedUp]);
      },
      hold,
      turn: () => new Promise((resolve) => turns.queue(key, resolve)),
      close: () => hold(-own),
    };
  };
}

/** Graph's clients send a request of a batch again that has this error. */
const help: Readonly<Record<UsedUp, string>> = {
  own: "The responses to your batches that are being served hold 16 MiB: send this request in another batch, or ask for fewer apps by $top.",
  all: "The responses to the batches of all callers that are being served hold 64 MiB: send this request in another batch.",
};
