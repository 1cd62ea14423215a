import type { CommandFailure } from "@install-summary/command-line/errors";
import { isNoChangeLogError } from "../changes/change-log.ts";
import type { Connection } from "../server/connection.ts";
import { formatCount } from "../words/format-count.ts";
import type { DiagnosisParts } from "./diagnosis-parts.ts";
import type { Finding } from "./finding.ts";

/** Reads an app with the token. */
export async function checkAccess(
  { client }: Connection,
  { signal, describe }: DiagnosisParts,
): Promise<Finding> {
  const check = "access";
  try {
    for await (const { apps, count } of client.pages({ top: 1, count: true, signal })) {
      const number = count ?? apps.length;
      return {
        check,
        result: "ok",
        message: number === 1 ? "1 app can be read." : `${formatCount(number)} apps can be read.`,
      };
    }
    return { check, result: "ok", message: "The list of apps can be read." };
  } catch (error) {
    return failed(check, describe(error));
  }
}

/** History, undo, import and live updates are the facade's own. */
export async function checkFacade(
  { client }: Connection,
  { signal, describe }: DiagnosisParts,
): Promise<Finding> {
  const check = "facade";
  try {
    const changes = client.changes({ top: 1, order: "desc", signal })[Symbol.asyncIterator]();
    await changes.next();
    await changes.return?.();
    return {
      check,
      result: "ok",
      message: "It is a facade of Install Summary, with a log of changes.",
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    // All else works, so this is only a warning.
    if (!isNoChangeLogError(error)) return { ...failed(check, describe(error)), result: "warning" };
    return {
      check,
      result: "warning",
      message: "The server has no log of changes under /api.",
      mend: "history, undo and import need a facade of Install Summary; all else works.",
    };
  }
}

function failed(check: Finding["check"], { message, help = [], exit, requestId }: CommandFailure): Finding {
  const id = requestId === undefined ? "" : ` (request-id ${requestId})`;
  return { check, result: "failed", message: `${message}${id}`, mend: help.join(" "), exit };
}
