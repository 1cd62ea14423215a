import type { ChangeQuery } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import type { ChangeRange } from "../sql/change-page.ts";
import { textOf, wholeOf, wholeOrNull, type SqlRow } from "../sql/row-values.ts";
import { changeQueries } from "./change-queries.ts";
import type { Steps } from "./parts.ts";

/** What was found of the history of an app. */
export interface FoundHistory {
  /** The sequences of what matches, in the order of the query. */
  readonly sequences: readonly number[];
  /** Whether there were changes before them which are not in the log any more. */
  readonly hasOlder: boolean;
}

/** Follows the history of one app that a query asks for, in a range of the log. */
export type ReadHistory = (
  tenantId: string,
  query: ChangeQuery & { readonly appId: string },
  range: ChangeRange,
) => Steps<FoundHistory>;

/** After how many changes, that are each found by a key, others have their turns. */
const stepLength = 500;

/** Prepares what reads histories, once for a connection. */
export function prepareHistory(database: DatabaseSync): ReadHistory {
  const readOne = database.prepare(changeQueries.one);
  const readLatest = database.prepare(changeQueries.latest);

  /** One app's changes, latest first: each change names the one before it. Returns the one before the last of them. */
  function* follow(
    tenantId: string,
    appId: string,
    { low, high }: ChangeRange,
  ): Generator<SqlRow, number | null> {
    // A page goes on from a change of the same app, where there is one.
    const from = readOne.get(tenantId, high + 1);
    const isOfApp = from !== undefined && textOf(from, "app_id") === appId;
    const start = isOfApp ? from : readLatest.get(tenantId, appId);
    let sequence = start === undefined ? null : wholeOrNull(start, "previous_sequence");
    while (sequence !== null && sequence > low) {
      const row = readOne.get(tenantId, sequence);
      // It has been removed since.
      if (row === undefined) return sequence;
      yield row;
      sequence = wholeOrNull(row, "previous_sequence");
    }
    return sequence;
  }

  return function* (tenantId, query, range) {
    const found: number[] = [];
    const rows = follow(tenantId, query.appId, range);
    let step = rows.next();
    for (let read = 1; step.done !== true; step = rows.next(), read += 1) {
      if (read % stepLength === 0) yield;
      const sequence = wholeOf(step.value, "sequence");
      if (sequence > range.high || !matches(step.value, query)) continue;
      found.push(sequence);
      if (query.order === "desc" && found.length > query.top) break;
    }
    return {
      sequences: query.order === "asc" ? found.toReversed() : found,
      hasOlder: step.done === true && step.value !== null,
    };
  };
}

function matches(row: SqlRow, { actor, origin, since = "", until }: ChangeQuery): boolean {
  const changedAt = textOf(row, "changed_at");
  return (
    (actor === undefined || textOf(row, "actor") === actor) &&
    (origin === undefined || textOf(row, "origin") === origin) &&
    changedAt >= since &&
    (until === undefined || changedAt < until)
  );
}
