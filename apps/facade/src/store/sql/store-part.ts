import type { AppRow, ChangeRow, FeedRow, SummaryRow } from "./group.ts";

/** A part of a store that is read whole, small enough to be kept in memory. */
export type StorePart =
  | { readonly kind: "tenant"; readonly feed: FeedRow }
  | { readonly kind: "apps"; readonly tenantId: string; readonly apps: readonly AppRow[] }
  | { readonly kind: "summaries"; readonly tenantId: string; readonly summaries: readonly SummaryRow[] }
  | { readonly kind: "changes"; readonly tenantId: string; readonly changes: readonly ChangeRow[] }
  | { readonly kind: "erased"; readonly erased: readonly ErasedRow[] };

/** What is kept of a tenant that was erased. */
export interface ErasedRow {
  readonly digest: string;
  readonly last: number;
  readonly erasedVersion: number;
}

/** How many rows a part has at most. */
export const partLength = 1000;
