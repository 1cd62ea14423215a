import type { TenantErasure } from "@install-summary/core/service";
import { setTimeout as delay } from "node:timers/promises";
import type { ErasureStep } from "../sql/write.ts";
import type { ChangeLogParts } from "./open-change-log.ts";

/** How many changes, and how many apps, go in one transaction. */
const stepLength = 500;
/** Milliseconds between two transactions. Another process that waits to write tries every few milliseconds. */
const pause = 30;

/** Opens what measures a tenant and erases it. */
export function openErasure(
  { read, commits }: Pick<ChangeLogParts, "read" | "commits">,
  tenantId: string,
): TenantErasure {
  const takeStep = (): Promise<ErasureStep> =>
    new Promise((succeed, fail) => {
      commits.add({ kind: "erasure", tenantId, top: stepLength, succeed, fail });
    });
  return {
    measure: () =>
      read(({ reads }) => {
        const { last, removed } = reads.readFeed(tenantId);
        // SQLite gives out sequences without holes.
        return { apps: reads.countApps(tenantId), changes: last - removed };
      }),
    async erase() {
      let [apps, changes] = [0, 0];
      for (let isLast = false; !isLast;) {
        const step = await takeStep();
        apps += step.apps;
        changes += step.changes;
        isLast = step.isLast;
        if (!isLast) await delay(pause);
      }
      return { apps, changes };
    },
  };
}
