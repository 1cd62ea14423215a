import type { TenantErasure } from "@install-summary/core/service";
import { eraseInSteps, stepLength } from "../sql/erase-in-steps.ts";
import type { ErasureStep } from "../sql/write.ts";
import type { ChangeLogParts } from "./open-change-log.ts";

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
      read(({ reads }) => ({ apps: reads.countApps(tenantId), changes: reads.countChanges(tenantId) })),
    erase: (signal) => eraseInSteps(takeStep, signal),
  };
}
