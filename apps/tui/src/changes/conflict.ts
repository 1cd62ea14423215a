import { isGraphError, type EditConflict, type GraphError, type ReadSummary } from "@install-summary/core";
import type { EditConflictError } from "@install-summary/core/client";
import { UserError, exitCodes } from "@install-summary/command-line/errors";
import { hasSameValues, isOldReading, isSameReading, readingOf } from "./as-read.ts";
import { appName } from "../words/app-name.ts";
import { formatCount, formatDelta } from "../words/format-count.ts";
import type { KnownApp } from "../words/known-app.ts";

/** Someone else has changed the same counters: a person has to decide. */
export function conflictOf(app: KnownApp, { conflicts, cause }: EditConflictError): UserError {
  const refusal = isGraphError(cause) ? cause : undefined;
  return conflict(
    `Someone else changed the same counters of ${appName(app)} since it was read.`,
    { target: conflicts[0]?.counter, refusal },
    conflicts.map(describe),
  );
}

/**
 * The server refused the change with 412 each time that it was sent. What was read after that, `now`, tells whether someone else
 * has changed the app; it is undefined where the app could not be read.
 */
export function refusedAsChanged(
  app: KnownApp,
  refusal: GraphError,
  now: ReadSummary | undefined,
): UserError {
  const about = { target: "If-Match", refusal, requestId: refusal.requestId };
  const name = appName(app);
  if (now === undefined) {
    return conflict(`${name} could not be read after that.`, about, []);
  }
  if (now.etag === undefined) {
    const there = hasSameValues(app.installSummary, now.summary)
      ? "has the values that were read"
      : "has other values than were read";
    return conflict(`${name} ${there}, and the server sent no ETag with them.`, about, []);
  }
  if (now.etag !== app.etag) {
    return conflict(`Someone else changed ${name} since it was read: it is ${now.etag} now.`, about, []);
  }
  if (!isSameReading(readingOf(app), now)) {
    const anew = "has other values now under the same version, as in a store that began anew";
    return conflict(`${name} ${anew}: it is ${now.etag}, as it was when it was read.`, about, []);
  }
  if (isOldReading(refusal.currentETag, now.etag)) {
    const old = `but reading it still gives ${now.etag}: a cache on the way gives old responses.`;
    return new UserError(`${name} is ${refusal.currentETag} now, as the 412 says, ${old} ${endOf(refusal)}`, {
      ...about,
      exit: exitCodes.conflict,
      code: "OldReading",
      help: [cached],
    });
  }
  // Its cause is on the way, and not another change.
  const code = "VersionRefused";
  return new UserError(
    `The server refused the change of ${name} (412), although ${now.etag} is still its version. Nothing was changed.`,
    { ...about, exit: exitCodes.conflict, code, help: [mangled] },
  );
}

interface About {
  readonly target: string | undefined;
  readonly requestId?: string | undefined;
  /** The 412 of what was sent last; undefined where nothing was sent. */
  readonly refusal: GraphError | undefined;
}

/** What became of the change: a 412 that was not looked up may come of a request that a gateway has sent twice. */
function conflict(message: string, { refusal, ...about }: About, help: readonly string[]): UserError {
  return new UserError(`${message} ${endOf(refusal)}`, {
    ...about,
    exit: exitCodes.conflict,
    code: "PreconditionFailed",
    help: [...help, isCertain(refusal) ? again : look],
  });
}

function isCertain(refusal: GraphError | undefined): boolean {
  return refusal === undefined || refusal.notApplied === true;
}

function endOf(refusal: GraphError | undefined): string {
  return isCertain(refusal)
    ? "Nothing was changed."
    : "The server refused the change (412), and gives no word on whether it has arrived twice.";
}

const cached =
  "Run the command again once the cache has let go of it. Those who run the cache can keep it from storing responses of this service.";

const mangled = "A proxy on the way may change the If-Match header. Ask those who run it or the server.";
const again = "Run the command again to start from the current values.";
const look = "Look at the current values before you run the command again.";

function describe({ counter, base, mine, theirs }: EditConflict): string {
  const there = `${counter} is ${formatCount(theirs)} now`;
  return typeof mine === "number"
    ? `${there}; it was ${formatCount(base)}, and should become ${formatCount(mine)}.`
    : `${there}; ${formatDelta(mine.add)} would leave its range.`;
}
