import type { ImportingTenantStore, StoreSession } from "@install-summary/core/service";
import { eraseInSteps, stepLength } from "../sql/erase-in-steps.ts";
import type { GroupCommit } from "../sql/group-commit.ts";
import type { Write } from "../sql/write.ts";
import { wholeOf } from "../sql/row-values.ts";
import type { Reader } from "./reader.ts";
import type { Statement } from "./statement.ts";

/** What changes a tenant. */
export type TenantWrites = Pick<
  ImportingTenantStore,
  "update" | "importApps" | "removeChanges" | "erase" | "measure"
>;

/** The statements that look at a tenant before something is deleted. */
export const sizeStatements = {
  /** (tenant): when the oldest change was made */
  readOldestTime: {
    name: "read-oldest-time",
    text: `SELECT c.changed_at FROM install_summary_change c JOIN change_feed f ON f.tenant_id = c.tenant_id
      WHERE c.tenant_id = $1 AND f.tenant_id = $1 AND c.sequence > f.removed ORDER BY c.sequence LIMIT 1`,
  },
  /** (tenant): reads all of it, since sequences may have holes */
  measure: {
    name: "measure",
    text: `SELECT (SELECT count(*) FROM mobile_app WHERE tenant_id = $1) AS apps,
      (SELECT count(*) FROM install_summary_change WHERE tenant_id = $1) AS changes`,
  },
} as const satisfies Readonly<Record<string, Statement>>;

/** Opens what changes a tenant, for someone of it. */
export function openWrites(
  { tenantId, actor, origin }: StoreSession,
  { read, commits }: { readonly read: Reader; readonly commits: () => GroupCommit<Write> },
): TenantWrites {
  return {
    update: (appId, decide, { requestId, clientRequestId }) =>
      new Promise((succeed, fail) => {
        const by = { tenantId, actor, origin, requestId, clientRequestId };
        commits().add({ kind: "update", ...by, appId, decide, succeed, fail });
      }),
    importApps: (rows, { requestId, clientRequestId }) =>
      new Promise((succeed, fail) => {
        const by = { tenantId, actor, origin, requestId, clientRequestId };
        commits().add({ kind: "import", ...by, rows, succeed, fail });
      }),
    async removeChanges(before, top) {
      // Most often nothing is old enough, which a read tells without a transaction.
      const [oldest] = await read(({ run }) => run(sizeStatements.readOldestTime, [tenantId])).then(rowsOf);
      if (oldest === undefined || String(oldest["changed_at"]) >= before) return 0;
      return new Promise((succeed, fail) => {
        commits().add({ kind: "removal", tenantId, before, top, succeed, fail });
      });
    },
    async measure() {
      const [row = {}] = await read(({ run }) => run(sizeStatements.measure, [tenantId])).then(rowsOf);
      return { apps: wholeOf(row, "apps"), changes: wholeOf(row, "changes") };
    },
    erase: (signal) =>
      eraseInSteps(
        () =>
          new Promise((succeed, fail) => {
            commits().add({ kind: "erasure", tenantId, top: stepLength, succeed, fail });
          }),
        signal,
      ),
  };
}

function rowsOf<Row>({ rows }: { readonly rows: readonly Row[] }): readonly Row[] {
  return rows;
}
