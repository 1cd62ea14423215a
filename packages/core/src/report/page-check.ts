import { graphError, type GraphError } from "../http/graph-error.ts";
import type { FileEnd } from "./rows/file-end.ts";
import type { ReportRow } from "./rows/report-row.ts";
import { unreadable } from "./input/unreadable.ts";

/** Checks that files that are given together have all rows of their report. */
export interface PageCheck {
  addRow(row: ReportRow): void;
  /** Throws `GraphError` 400 if the only file is not complete. */
  endFile(end: FileEnd): void;
  /** Throws `GraphError` 400 if a page is missing. */
  end(): void;
}

/** The ids of so many apps are held to tell a page that is given twice from one that is missing. */
const maxApps = 200_000;

/** Makes the check for a number of files. One file alone needs no ids. */
export function createPageCheck(files: number): PageCheck {
  const pages = { ids: new Set<string>(), unnamed: 0, total: 0, cut: 0, last: 0 };
  /** The ids of files that are whole by themselves, by the number of their rows: one may be the report of the pages. */
  const wholes = new Map<number, Set<string>>();
  let file = { ids: new Set<string>(), rows: 0, unnamed: 0 };
  return {
    addRow(row) {
      file.rows += 1;
      if (files === 1) return;
      const { id } = "app" in row ? row.app : row;
      if (id === undefined) file.unnamed += 1;
      else if (file.ids.size < maxApps) file.ids.add(id);
    },
    endFile({ total = 0, hasMore, isGraphList }) {
      const { rows, ids, unnamed } = file;
      if (files === 1) return checkAlone(rows, total, hasMore);
      file = { ids: new Set(), rows: 0, unnamed: 0 };
      if (hasMore) pages.cut += 1;
      else if (isGraphList) pages.last += 1;
      if (total === 0 && !isGraphList) return;
      const isPage = rows < total || isGraphList;
      const known = isPage ? pages.ids : (wholes.get(total) ?? new Set());
      for (const id of ids) known.add(id);
      if (known.size >= maxApps) throw tooManyApps();
      if (!isPage) return void wholes.set(total, known);
      pages.total = Math.max(pages.total, total);
      pages.unnamed += unnamed;
    },
    end() {
      for (const id of wholes.get(pages.total) ?? []) pages.ids.add(id);
      const found = pages.ids.size + pages.unnamed;
      if (found < pages.total) throw incompleteReport(`The files have ${found} of ${pages.total} rows`);
      if (pages.cut > 0 && pages.last === 0) throw incompleteList("The last page of the list is missing");
    },
  };
}

function checkAlone(rows: number, total: number, hasMore: boolean): void {
  if (hasMore) throw incompleteList("The list goes on at its @odata.nextLink: it is not complete");
  if (rows < total) throw incompleteReport(`The report has ${rows} of ${total} rows: it is not complete`);
}

function incompleteReport(what: string): GraphError {
  return unreadable(
    `${what}. Request the other pages with skip and top and give all pages at once, or export the report as ZIP.`,
  );
}

function incompleteList(what: string): GraphError {
  return unreadable(`${what}. Request the other pages and give all pages at once.`);
}

function tooManyApps(): GraphError {
  return graphError(
    "RequestEntityTooLarge",
    `The pages have more than ${maxApps} apps. Export the report as ZIP and import that.`,
  );
}
