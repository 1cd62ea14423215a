import { createGroupCommit, type GroupCommit } from "../sql/group-commit.ts";
import type { Write } from "../sql/write.ts";

/** The queues of writes of a store. Each tenant has its own, since one of its groups is committed at a time. */
export interface TenantQueues {
  of(tenantId: string): GroupCommit<Write>;
  /** Refuses further writes and resolves once those that were accepted are settled. */
  end(): Promise<void>;
}

/** How groups are run, and how many writes of a tenant may wait for one. */
export interface TenantQueuesOptions {
  readonly run: (tenantId: string, take: () => readonly Write[]) => Promise<void>;
  readonly maxWaiting: number;
}

/** Creates the queues; each begins with the first write of its tenant. */
export function createTenantQueues({ run, maxWaiting }: TenantQueuesOptions): TenantQueues {
  const queues = new Map<string, GroupCommit<Write>>();
  let isEnded = false;
  return {
    of(tenantId) {
      const found = queues.get(tenantId);
      if (found !== undefined) return found;
      const queue = createGroupCommit<Write>({ run: (take) => run(tenantId, take), maxWaiting });
      if (isEnded) void queue.end();
      queues.set(tenantId, queue);
      return queue;
    },
    async end() {
      isEnded = true;
      await Promise.all(Array.from(queues.values(), (queue) => queue.end()));
    },
  };
}
