import { unreadable } from "./input/unreadable.ts";

/**
 * Throws `GraphError` 400 for a report whose line breaks are gone, by its first part: its rows are then in the line of the
 * header, where an id follows the name of its column.
 */
export function requireLineBreaks(start: string): void {
  if (/[\r\n]/.test(start.trim())) return;
  const [header = "", row] = start.split(appId, 2);
  if (row === undefined || !/(?:application|\b)id/i.test(header)) return;
  throw unreadable(
    "The line breaks of the file are gone, so that its rows are in the line of its header. curl takes them out with -d: " +
      "send the file with --data-binary. If another program took them out, export the report again.",
  );
}

const appId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;
