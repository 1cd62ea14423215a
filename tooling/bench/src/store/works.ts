import { changeAll, numbersFrom, spreadId, type FilledStore } from "./fill-store.ts";
import { spread } from "./fill-tables.ts";
import type { Work } from "./measure-work.ts";

const readsAtOnce = 100;

/** Changes so many apps at once. */
export function committing({ tenant, apps }: FilledStore, count: number): Work {
  return { count, run: (start) => changeAll(tenant, numbersFrom(start, count), apps) };
}

/** Reads single summaries. */
export function reading({ tenant, apps }: FilledStore): Work {
  return {
    count: readsAtOnce,
    run: async (start) => {
      let bad = 0;
      for (const number of numbersFrom(start, readsAtOnce)) {
        const id = spreadId(number, apps);
        // A value that is there at once needs no turn of the event loop.
        const found = tenant.readSummary(id);
        const summary = found instanceof Promise ? await found : found;
        if (summary?.summary.id !== id) bad += 1;
      }
      return bad;
    },
  };
}

/** Reads the feed from positions all over the log. */
export function following({ tenant, changes: logged }: FilledStore): Work {
  return {
    count: 1,
    run: async (start) => {
      const after = (start * spread) % (logged - 100);
      const { changes } = await tenant.readChanges({ top: 100, order: "asc", after });
      return changes.length === 100 && changes[0]?.sequence === after + 1 ? 0 : 1;
    },
  };
}

/** Reads the first page by name. */
export function listing({ tenant }: FilledStore): Work {
  return {
    count: 1,
    run: async () => {
      const { apps, next } = await tenant.listApps({ top: 100 });
      return apps.length === 100 && next !== undefined ? 0 : 1;
    },
  };
}
