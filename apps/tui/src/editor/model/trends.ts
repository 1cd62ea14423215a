import type { ListedChange } from "@install-summary/core/client";
import type { Trend } from "../../changes/trend.ts";

/** What is known of the trend of an app's numbers: it is being read, cannot be read, or is known. */
export type KnownTrend =
  | { readonly kind: "running" }
  | { readonly kind: "failed" }
  | ({ readonly kind: "known" } & Trend);

/** The trends of apps, by app id, the one that was asked for last at the end. */
export type Trends = ReadonlyMap<string, KnownTrend>;

/** Apps whose trend is kept; those that were asked for first go first. */
const maxTrends = 200;

/** The trends with that of one app replaced. */
export function withTrend(trends: Trends, appId: string, trend: KnownTrend): Trends {
  const next = new Map(trends);
  next.delete(appId);
  next.set(appId, trend);
  const [oldest] = next.keys();
  if (next.size > maxTrends && oldest !== undefined) next.delete(oldest);
  return next;
}

/** The trends after a change that has just been made. One that lacks changes before it is to be read again. */
export function addToTrends(trends: Trends, change: ListedChange): Trends {
  const trend = trends.get(change.appId);
  const newest = trend?.kind === "known" ? trend.changes[0]?.version : undefined;
  if (trend?.kind !== "known" || (newest !== undefined && newest >= change.version)) return trends;
  const next = new Map(trends);
  if (newest !== undefined && change.version > newest + 1) next.delete(change.appId);
  else next.set(change.appId, { ...trend, changes: [change, ...trend.changes] });
  return next;
}
