import type { ListedApp } from "@install-summary/core/client";
import { nearestName, parseETagVersion } from "@install-summary/core/text";
import { UserError, exitCodes, shownWord } from "@install-summary/command-line/errors";
import type { Recent } from "../changes/recent.ts";
import { failedShare } from "../words/share.ts";
import { findCounter } from "../words/counter-words.ts";
import { platformName } from "../words/platform.ts";
import { sortColumns } from "./sort-columns.ts";

/** Which of two apps comes first. */
export type Order = (one: ListedApp, other: ListedApp) => number;

type Key = (app: ListedApp) => string | number;

const collator = new Intl.Collator("en", { numeric: true });

const textColumns: Readonly<Record<string, Key>> = {
  app: ({ displayName }) => displayName ?? "",
  name: ({ displayName }) => displayName ?? "",
  publisher: ({ publisher }) => publisher ?? "",
  platform: platformName,
  version: ({ etag }) => parseETagVersion(etag) ?? -1,
  id: ({ id }) => id,
};

/** Whether a column is what changed last, which the change log tells. */
export function isByChange(text: string): boolean {
  return /^-?changed$/i.test(text);
}

/** Parses `COLUMN` or `-COLUMN`. Equal apps stay in the server's order. Throws `UserError` for another column. */
export function parseOrder(text: string, recent: Recent = new Map()): Order {
  const name = text.replace(/^-/, "");
  // What is not among the latest changes changed earlier, or never.
  const key = isByChange(name) ? (app: ListedApp) => recent.get(app.id) ?? -1 : keyOf(name);
  if (key === undefined) throw noSuchColumn(text, name);
  const sign = text.startsWith("-") ? -1 : 1;
  return (one, other) => sign * compare(key(one), key(other));
}

function keyOf(name: string): Key | undefined {
  const lower = name.toLowerCase();
  if (Object.hasOwn(textColumns, lower)) return textColumns[lower];
  if (lower === "share" || lower === "users.share") return (app) => failedShare(app, lower !== "share");
  const counter = findCounter(name);
  return counter === undefined ? undefined : ({ installSummary }) => installSummary[counter];
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return collator.compare(String(one), String(other));
}

function noSuchColumn(argument: string, name: string): UserError {
  const nearest = nearestName(name, sortColumns);
  return new UserError(`Unknown column: ${shownWord(name)}.`, {
    exit: exitCodes.usage,
    code: "Usage",
    target: "--sort",
    argument,
    help: [
      ...(nearest === undefined ? [] : [`Did you mean ${nearest}?`]),
      `Columns: ${sortColumns.join(", ")}.`,
    ],
  });
}
