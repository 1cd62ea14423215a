import type { BareChange, BareStore, BareSummary } from "./bare-store.ts";

/** Takes a change and hands out what became of it once it is durable. */
export type AddChange = (change: BareChange, done: (summary: BareSummary) => void) => void;

/** Changes that arrive in the same turn of the event loop share a commit, as the product's do. */
export function createBareGroup(store: Pick<BareStore, "commit">): AddChange {
  let waiting: { readonly change: BareChange; readonly done: (summary: BareSummary) => void }[] = [];

  function commit(): void {
    const group = waiting;
    waiting = [];
    const changed = store.commit(group.map(({ change }) => change));
    for (const [at, summary] of changed.entries()) group[at]?.done(summary);
  }

  return (change, done) => {
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ change, done });
  };
}
