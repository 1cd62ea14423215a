import type { StoreContent } from "../store/sql/store-report.ts";

/** A number of things, as a person would write it: `1 app`, `2,000 changes`. */
export function count(number: number, thing: string): string {
  return `${new Intl.NumberFormat("en-US").format(number)} ${thing}${number === 1 ? "" : "s"}`;
}

/** What a store holds, as the end of a sentence. */
export function describeContent({ tenants, apps, changes, changedAt }: StoreContent): string {
  const last = changedAt === undefined ? "" : `, the last one made at ${changedAt}`;
  return `${count(tenants, "tenant")}, ${count(apps, "app")} and ${count(changes, "change")}${last}`;
}
