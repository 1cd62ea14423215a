import type { ImportingStore } from "@install-summary/core/service";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../log/log.ts";

/** How long changes are kept, and where. */
export interface RetentionOptions {
  readonly store: ImportingStore;
  readonly days: number;
  readonly log: Pick<Log, "info" | "warn">;
}

/** What removes old changes while a facade serves. */
export interface Retention {
  /** Resolves once nothing is removed any more. */
  end(): Promise<void>;
}

/** Milliseconds between two looks for changes that have become too old. */
const lookEvery = 60_000;
/** How many changes go in one transaction, for which changes that come meanwhile wait. */
const stepLength = 100;
/** Milliseconds between two transactions, in which other requests have their turn. */
const pause = 100;
const day = 86_400_000;

/** Removes changes that are older than some days, the oldest first: at once, and again every minute. */
export function keepRetention({ store, days, log }: RetentionOptions): Retention {
  const stop = new AbortController();
  const { signal } = stop;
  const running = run();
  return {
    end() {
      stop.abort();
      return running;
    },
  };

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await look().catch(noteFailure);
      await wait(lookEvery);
    }
  }

  async function look(): Promise<void> {
    const before = new Date(Date.now() - days * day).toISOString();
    for (const tenantId of await store.listTenants()) {
      await removeOld(tenantId, before);
      if (signal.aborted) return;
    }
  }

  async function removeOld(tenantId: string, before: string): Promise<void> {
    const tenant = store.open({ tenantId, actor: "retention", origin: "command" });
    let changes = 0;
    try {
      while (!signal.aborted) {
        const removed = await tenant.removeChanges(before, stepLength);
        changes += removed;
        if (removed < stepLength) break;
        await wait(pause);
      }
    } finally {
      // What is gone is told also where a later step fails.
      if (changes > 0) log.info({ tenant: tenantId, changes, before }, "old changes removed");
    }
  }

  /**
   * A full disk or a store that is held by another process may be over at the next look. A removal that was not confirmed
   * may have been made.
   */
  function noteFailure(error: unknown): void {
    if (!signal.aborted) log.warn({ err: error }, "old changes may be left");
  }

  async function wait(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
