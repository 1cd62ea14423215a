import type { ChangeQuery, LoggedChange } from "@install-summary/core/service";
import type { DatabaseSync } from "node:sqlite";
import type { ChangeRange } from "../sql/change-page.ts";
import { loggedChangeOfRow } from "../sql/change-rows.ts";
import { wholeOf } from "../sql/row-values.ts";
import { changeQueries } from "./change-queries.ts";
import type { ReadPart, Steps } from "./parts.ts";

/** Which changes are looked for. */
export interface LogScan {
  readonly tenantId: string;
  readonly query: ChangeQuery;
  readonly range: ChangeRange;
  readonly readPart: ReadPart;
  /** The last sequence that was removed, now. */
  readonly readRemoved: () => number;
}

/** The changes of a page, and one more where there is one, of a log whose changes were removed so far. */
export interface ScannedLog {
  readonly changes: readonly LoggedChange[];
  readonly removed: number;
}

/** Reads the log in the order of its keys, part by part of its sequences. */
export type ScanLog = (scan: LogScan) => Steps<ScannedLog>;

/** Prepares what scans the log, once for a connection. */
export function prepareLogScans(database: DatabaseSync): ScanLog {
  const scans = { asc: database.prepare(changeQueries.asc), desc: database.prepare(changeQueries.desc) };
  const ends = { asc: database.prepare(changeQueries.first), desc: database.prepare(changeQueries.last) };

  const scan = (tenantId: string, query: ChangeQuery, { low, high }: ChangeRange, limit: number) => {
    const { order, actor = null, origin = null, since = null, until = null } = query;
    return scans[order].all(tenantId, low, high, actor, origin, since, until, limit).map(loggedChangeOfRow);
  };

  return function* ({ tenantId, query, range, readPart, readRemoved }) {
    const { order } = query;
    const limit = query.top + 1;
    let changes: readonly LoggedChange[] = [];
    let left = range;
    for (;;) {
      // Between parts no snapshot stays open, and the oldest changes may be removed. Others take their places in the page.
      const removed = readRemoved();
      changes = changes.filter(({ sequence }) => sequence > removed);
      left = { low: Math.max(left.low, removed), high: left.high };
      if (left.low >= left.high || changes.length >= limit) return { changes, removed };
      left = readPart((length) => {
        // A part begins where there is a change: a restore leaves a hole, as wide as a log ever was.
        const end = ends[order].get(tenantId, left.low, left.high);
        if (end === undefined) return { low: left.high, high: left.high };
        const sequence = wholeOf(end, "sequence");
        const isUp = order === "asc";
        const low = isUp ? sequence - 1 : Math.max(sequence - length, left.low);
        const high = isUp ? Math.min(low + length, left.high) : sequence;
        const wanted = limit - changes.length;
        const found = scan(tenantId, query, { low, high }, wanted);
        changes = [...changes, ...found];
        // Where enough was found the part ends there: what is removed later makes room for what is behind it.
        const last = found.length === wanted ? found.at(-1)?.sequence : undefined;
        return isUp
          ? { low: last ?? high, high: left.high }
          : { low: left.low, high: last === undefined ? low : last - 1 };
      });
      yield;
    }
  };
}
