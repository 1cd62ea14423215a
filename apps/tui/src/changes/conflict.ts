import type { EditConflict } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { appName } from "../words/app-name.ts";
import { formatCount, formatDelta } from "../words/format-count.ts";

/** Someone else has changed the same counters: a person has to decide. */
export function conflictOf(app: ListedApp, conflicts: readonly EditConflict[]): UserError {
  return conflict(
    `someone else changed the same counters of ${appName(app)} since it was read. Nothing was changed.`,
    { target: conflicts[0]?.counter },
    [...conflicts.map(describe), again],
  );
}

/** The app is no longer the version that it has to be, or someone else has changed it each time. */
export function movedAway(app: ListedApp, requestId: string | undefined): UserError {
  return conflict(
    `someone else changed ${appName(app)} since it was read. Nothing was changed.`,
    { target: "If-Match", requestId },
    [again],
  );
}

const again = "Run the command again to start from the current values.";

function conflict(
  message: string,
  about: { readonly target: string | undefined; readonly requestId?: string | undefined },
  help: readonly string[],
): UserError {
  return new UserError(message, { ...about, exit: exitCodes.conflict, code: "PreconditionFailed", help });
}

function describe({ counter, base, mine, theirs }: EditConflict): string {
  const there = `${counter} is ${formatCount(theirs)} now`;
  return typeof mine === "number"
    ? `${there}; it was ${formatCount(base)}, and should become ${formatCount(mine)}.`
    : `${there}; ${formatDelta(mine.add)} would leave its range.`;
}
