import {
  type AppPage,
  type AppQuery,
  firstPosition,
  formatCursor,
  parseCursor,
  type SearchTerm,
  textKey,
} from "@install-summary/core/service";
import type { ReadStatements } from "./read-statements.ts";

/** Reads one page of a tenant's apps from its cursor on, so that a late page costs what the first one does. */
export function readPage(reads: ReadStatements, tenantId: string, query: AppQuery): AppPage {
  const { top, cursor, count = false } = query;
  const terms = searchTerms(query);
  const after = cursor === undefined ? firstPosition : parseCursor(cursor);
  // One more than the page holds tells whether there is another page.
  const apps = reads.listApps({ tenantId, terms, after, limit: top + 1 });
  const last = apps.length > top ? apps[top - 1] : undefined;
  return {
    apps: apps.slice(0, top),
    ...(last !== undefined && { next: formatCursor(reads.readPosition({ tenantId, appId: last.id })) }),
    ...(count && { count: reads.countApps({ tenantId, terms }) }),
  };
}

/** True for a query that reads a whole tenant: a search or a count. */
export function isScan(query: AppQuery): boolean {
  return query.count === true || searchTerms(query).length > 0;
}

/** What a query searches for, by text keys. */
function searchTerms({ search = [] }: AppQuery): readonly SearchTerm[] {
  return search.map((term) => ({ ...term, word: textKey(term.word) })).filter(({ word }) => word !== "");
}
