/** What a file says about the report that it is a part of, known at its end. */
export interface FileEnd {
  /** The number of rows in the whole report, if the file says so. */
  readonly total?: number | undefined;
  /** Whether the file says that more rows follow, in another page. */
  readonly hasMore: boolean;
  /** Whether the file is a page of Graph's list of apps, instead of a report. */
  readonly isGraphList: boolean;
}

/** The end of a file that is whole. */
export const wholeFile: FileEnd = { hasMore: false, isGraphList: false };
