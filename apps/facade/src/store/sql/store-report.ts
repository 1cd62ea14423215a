import { textOf, wholeOf, type SqlRow } from "./row-values.ts";

/** What is found in a store that can be read. */
export interface StoreReport {
  /** Whether `serve` migrates it first; the change log of an older schema is not checked. */
  readonly isOlder: boolean;
  readonly tenants: number;
  readonly apps: number;
  readonly changes: number;
  /** When the last change was made, by the clock of the machine that made it; undefined without changes. */
  readonly changedAt: string | undefined;
  /** The first of its faults. */
  readonly faults: readonly string[];
  readonly faultCount: number;
}

/** How much a store holds. */
export type StoreContent = Pick<StoreReport, "tenants" | "apps" | "changes" | "changedAt">;

/** Selects how much a store of any schema holds. */
export const selectContent = `SELECT (SELECT count(*) FROM change_feed) AS tenants,
  (SELECT count(*) FROM mobile_app) AS apps, (SELECT count(*) FROM install_summary_change) AS changes,
  (SELECT max(changed_at) FROM install_summary_change) AS changed_at`;

/** Reads the row of `selectContent`. */
export function contentOfRow(row: SqlRow): StoreContent {
  return {
    tenants: wholeOf(row, "tenants"),
    apps: wholeOf(row, "apps"),
    changes: wholeOf(row, "changes"),
    changedAt: row["changed_at"] === null ? undefined : textOf(row, "changed_at"),
  };
}

/** Faults of a store, of which the first are kept. */
export interface FaultList {
  add(fault: string): void;
  found(): Pick<StoreReport, "faults" | "faultCount">;
}

const maxFaults = 20;

/** Makes an empty list. */
export function createFaultList(): FaultList {
  const faults: string[] = [];
  let faultCount = 0;
  return {
    add(fault) {
      faultCount += 1;
      if (faults.length < maxFaults) faults.push(fault);
    },
    found: () => ({ faults, faultCount }),
  };
}

/** Selects apps without a summary and summaries without an app: each app has one. */
export const unpaired = [
  {
    query: `SELECT m.tenant_id, m.id FROM mobile_app m LEFT JOIN install_summary s
      ON s.tenant_id = m.tenant_id AND s.app_id = m.id WHERE s.app_id IS NULL`,
    fault: (row: SqlRow): string =>
      `The app ${textOf(row, "id")} of tenant ${textOf(row, "tenant_id")} has no summary.`,
  },
  {
    query: `SELECT s.tenant_id, s.app_id AS id FROM install_summary s LEFT JOIN mobile_app m
      ON s.tenant_id = m.tenant_id AND s.app_id = m.id WHERE m.id IS NULL`,
    fault: (row: SqlRow): string =>
      `The summary of app ${textOf(row, "id")} in tenant ${textOf(row, "tenant_id")} has no app.`,
  },
] as const;
