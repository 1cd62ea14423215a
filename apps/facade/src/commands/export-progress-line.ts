import type { ImportingTenantStore } from "../open-store.ts";
import { describeRest } from "./describe-rest.ts";

/** The line that says how far an export has come. */
export interface ExportProgressLine {
  /** Finds out how many apps there are, while they are read. */
  readonly count: (tenant: Pick<ImportingTenantStore, "listApps">) => Promise<void>;
  /** Notes how many of them were read. */
  readonly note: (done: number) => void;
  readonly describe: () => string;
}

/** Makes the line. */
export function createExportProgressLine(): ExportProgressLine {
  const start = performance.now();
  let done = 0;
  let of: number | undefined;
  return {
    async count(tenant) {
      // Without the number the line has no time left. What ails the store is told by the export itself.
      const page = await tenant.listApps({ top: 1, count: true }).catch(() => undefined);
      of = page?.count;
    },
    note(read) {
      done = read;
    },
    describe: () => `Exporting: ${describeRest({ what: "apps", done, of, ms: performance.now() - start })}`,
  };
}
