import type { AppJson, AppQuery } from "@install-summary/core/service";
import { appJsonOfValues } from "../sql/app-json.ts";
import type { SqlRow } from "../sql/row-values.ts";
import type { SqlText } from "../sql/sql-text.ts";
import { matchesSql } from "./part-sql.ts";
import type { ReadPart, Steps } from "./parts.ts";

/** Reads all rows of a statement, each as an array of values. */
export type ReadRows = (query: SqlText) => readonly SqlRow[];

/** Reads the apps that were found. One that has changed meanwhile, and does not match any more, is left out. */
export function* readFound(
  { readRows, readPart, tenantId }: { readRows: ReadRows; readPart: ReadPart; tenantId: string },
  query: AppQuery,
  ids: readonly string[],
): Steps<readonly AppJson[]> {
  const apps = new Map<string, AppJson>();
  let at = 0;
  while (at < ids.length) {
    const some = readPart((length) => {
      const part = ids.slice(at, at + length);
      for (const row of readRows(matchesSql(tenantId, query, part))) {
        const app = appJsonOfValues(row);
        apps.set(app.id, app);
      }
      return part;
    });
    at += some.length;
    if (at < ids.length) yield;
  }
  return ids.map((id) => apps.get(id)).filter((app) => app !== undefined);
}
