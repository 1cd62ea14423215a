import type { EditConflict } from "@install-summary/core";
import type { ListedApp } from "@install-summary/core/client";
import { CommandError, exitCodes } from "../errors/command-error.ts";
import { formatCount, formatDelta } from "../words/format-count.ts";
import { appName } from "../words/app-name.ts";

/** Someone else has changed the same counters: nobody but a person can decide. */
export function conflictOf(app: ListedApp, conflicts: readonly EditConflict[]): CommandError {
  return conflict(
    `someone else changed the same counters of ${appName(app)} since it was read. Nothing was changed.`,
    { target: conflicts[0]?.counter },
    [...conflicts.map(describe), "Run the command again to start from what is there now."],
  );
}

/** The app is not the version any more that it has to be, or others were faster each time. */
export function movedAway(app: ListedApp, requestId: string | undefined): CommandError {
  return conflict(
    `someone else changed ${appName(app)} since it was read. Nothing was changed.`,
    { target: "If-Match", requestId },
    ["Run the command again to start from what is there now."],
  );
}

function conflict(
  message: string,
  about: { readonly target: string | undefined; readonly requestId?: string | undefined },
  help: readonly string[],
): CommandError {
  return new CommandError(message, { ...about, exit: exitCodes.conflict, code: "PreconditionFailed", help });
}

function describe({ counter, base, mine, theirs }: EditConflict): string {
  const there = `${counter} is ${formatCount(theirs)} now`;
  return typeof mine === "number"
    ? `${there}; it was ${formatCount(base)}, and should become ${formatCount(mine)}.`
    : `${there}, and ${formatDelta(mine.add)} would leave its range.`;
}
