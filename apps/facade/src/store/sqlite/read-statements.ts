import { formatETag, type MobileApp } from "@install-summary/core";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { AppPosition, ListedApp, SearchTerm } from "@install-summary/core/service";
import {
  appOfRow,
  summaryOfRow,
  summaryOfValues,
  textOf,
  wholeOf,
  wholeOrNull,
  type SqlRow,
  type SummaryRecord,
} from "../sql/columns.ts";
import type { AppKey, LatestChange } from "../sql/rows.ts";
import { countQuery, listQuery, queries } from "./queries.ts";

/** An app with its summary. */
export interface AppRecord extends SummaryRecord {
  readonly app: MobileApp;
}

/** Which apps to list. */
export interface ListSelection {
  readonly tenantId: string;
  /** What must be found, by text keys; with any of it a list reads the whole tenant. */
  readonly terms: readonly SearchTerm[];
  readonly after: AppPosition;
  readonly limit: number;
}

/** The statements that read, prepared once for a connection. */
export interface ReadStatements {
  readSummary(tenantId: string, appId: string): SummaryRecord | undefined;
  readApp(key: AppKey): AppRecord | undefined;
  /** Apps after a position, in the order of name key and id. */
  listApps(selection: ListSelection): readonly ListedApp[];
  countApps(selection: Pick<ListSelection, "tenantId" | "terms">): number;
  /** The position of an app that is there. */
  readPosition(key: AppKey): AppPosition;
  hasApps(tenantId: string): boolean;
  /** The last sequence that a tenant's change log has given out; 0 for a tenant without changes. */
  readFeed(tenantId: string): number;
  /** The latest change of an app that was erased; undefined where none was. */
  readErased(key: AppKey): LatestChange | undefined;
}

/** Prepares the statements that read on a connection. */
export function prepareReads(database: DatabaseSync): ReadStatements {
  const readSummary = database.prepare(queries.readSummary);
  readSummary.setReturnArrays(true);
  const readApp = database.prepare(queries.readApp);
  const readNameKey = database.prepare(queries.readNameKey);
  const findApp = database.prepare(queries.findApp);
  const readFeed = database.prepare(queries.readFeed);
  const readErased = database.prepare(queries.readErased);
  const listBy = preparePerLength(database, listQuery);
  const countBy = preparePerLength(database, countQuery);
  return {
    readSummary(tenantId, appId) {
      const values = readSummary.get(tenantId, appId);
      return values && summaryOfValues(values, appId);
    },
    readApp({ tenantId, appId }) {
      const row = readApp.get(tenantId, appId);
      return row && { app: appOfRow(row), ...summaryOfRow(row, appId) };
    },
    listApps({ tenantId, terms, after: { nameKey, id }, limit }) {
      return listBy(terms.length)
        .all(tenantId, nameKey, id, ...searchedFor(terms), limit)
        .map(listedAppOfRow);
    },
    countApps({ tenantId, terms }) {
      return wholeOf(countBy(terms.length).get(tenantId, ...searchedFor(terms)) ?? {}, "count");
    },
    readPosition: ({ tenantId, appId }) => ({
      id: appId,
      nameKey: textOf(readNameKey.get(tenantId, appId) ?? {}, "name_key"),
    }),
    hasApps: (tenantId) => findApp.get(tenantId) !== undefined,
    readFeed: (tenantId) => wholeOf(readFeed.get(tenantId) ?? { last: 0 }, "last"),
    readErased({ tenantId, appId }) {
      const row = readErased.get(tenantId, appId);
      return row && { version: wholeOf(row, "version"), changeSequence: wholeOrNull(row, "change_sequence") };
    },
  };
}

/** Statements whose texts differ by the number of words, each prepared when it is first used. */
function preparePerLength(
  database: DatabaseSync,
  query: (words: number) => string,
): (words: number) => StatementSync {
  const prepared = new Map<number, StatementSync>();
  return (words) => {
    const statement = prepared.get(words) ?? database.prepare(query(words));
    prepared.set(words, statement);
    return statement;
  };
}

/** What each term looks for in the name and in the publisher: null is found nowhere. */
function searchedFor(terms: readonly SearchTerm[]): readonly (string | null)[] {
  return terms.flatMap(({ word, property }) => [
    property === "publisher" ? null : word,
    property === "displayName" ? null : word,
  ]);
}

function listedAppOfRow(row: SqlRow): ListedApp {
  return {
    id: textOf(row, "id"),
    type: textOf(row, "type"),
    etag: formatETag(wholeOf(row, "version")),
    properties: textOf(row, "properties"),
    summary: textOf(row, "summary"),
  };
}
