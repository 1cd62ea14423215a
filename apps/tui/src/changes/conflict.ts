import { isGraphError, type EditConflict, type GraphError } from "@install-summary/core";
import type { EditConflictError, ListedApp } from "@install-summary/core/client";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { appName } from "../words/app-name.ts";
import { formatCount, formatDelta } from "../words/format-count.ts";

/** Someone else has changed the same counters: a person has to decide. */
export function conflictOf(app: ListedApp, { conflicts, cause }: EditConflictError): UserError {
  const refusal = isGraphError(cause) ? cause : undefined;
  return conflict(
    `Someone else changed the same counters of ${appName(app)} since it was read.`,
    { target: conflicts[0]?.counter, refusal },
    conflicts.map(describe),
  );
}

/** The app is no longer the version that it has to be, or someone else has changed it each time. */
export function movedAway(app: ListedApp, refusal: GraphError): UserError {
  const message = `Someone else changed ${appName(app)} since it was read.`;
  return conflict(message, { target: "If-Match", refusal, requestId: refusal.requestId }, []);
}

interface About {
  readonly target: string | undefined;
  readonly requestId?: string | undefined;
  /** The 412 of what was sent last; undefined where nothing was sent. */
  readonly refusal: GraphError | undefined;
}

/** What became of the change: a 412 that was not looked up may come of a request that a gateway has sent twice. */
function conflict(message: string, { refusal, ...about }: About, help: readonly string[]): UserError {
  const isCertain = refusal === undefined || refusal.notApplied === true;
  const end = isCertain
    ? "Nothing was changed."
    : "The server refused the change (412), and gives no word on whether it has arrived twice.";
  return new UserError(`${message} ${end}`, {
    ...about,
    exit: exitCodes.conflict,
    code: "PreconditionFailed",
    help: [...help, isCertain ? again : look],
  });
}

const again = "Run the command again to start from the current values.";
const look = "Look at the current values before you run the command again.";

function describe({ counter, base, mine, theirs }: EditConflict): string {
  const there = `${counter} is ${formatCount(theirs)} now`;
  return typeof mine === "number"
    ? `${there}; it was ${formatCount(base)}, and should become ${formatCount(mine)}.`
    : `${there}; ${formatDelta(mine.add)} would leave its range.`;
}
