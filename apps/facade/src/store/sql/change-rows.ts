import {
  changeOrigins,
  safeParsePatchText,
  type ChangeOrigin,
  type InstallSummaryPatch,
} from "@install-summary/core";
import type { LoggedChange, RecordedChange } from "@install-summary/core/service";
import { DamagedFile } from "../../files/sqlite-codes.ts";
import { textOf, wholeOf, type SqlRow } from "./row-values.ts";

/** Reads a row of the change log as a record of whose request made what of which counters. */
export function recordedChangeOfRow(row: SqlRow): RecordedChange {
  return {
    actor: textOf(row, "actor"),
    clientRequestId: row["client_request_id"] === null ? undefined : textOf(row, "client_request_id"),
    before: countersOf(row, "before"),
    after: countersOf(row, "after"),
  };
}

/** Reads a row of the change log with the name of its app. */
export function loggedChangeOfRow(row: SqlRow): LoggedChange {
  const { actor, clientRequestId, before, after } = recordedChangeOfRow(row);
  return {
    sequence: wholeOf(row, "sequence"),
    appId: textOf(row, "app_id"),
    displayName: row["display_name"] === null ? null : textOf(row, "display_name"),
    version: wholeOf(row, "version"),
    changedAt: textOf(row, "changed_at"),
    actor,
    origin: originOf(row),
    requestId: textOf(row, "request_id"),
    ...(clientRequestId !== undefined && { clientRequestId }),
    before,
    after,
  };
}

function originOf(row: SqlRow): ChangeOrigin {
  const text = textOf(row, "origin");
  const origin = changeOrigins.find((known) => known === text);
  if (origin === undefined) throw new DamagedFile("the column origin holds no origin");
  return origin;
}

/** Some counters that a column holds as JSON. Throws for anything else. */
function countersOf(row: SqlRow, name: string): InstallSummaryPatch {
  const counters = safeParsePatchText(textOf(row, name));
  if (counters.success) return counters.data;
  throw new DamagedFile(`the column ${name} holds no counters`);
}
