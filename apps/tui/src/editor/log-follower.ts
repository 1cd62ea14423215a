import { isGraphError } from "@install-summary/core";
import { isNoResponseError, type ChangesOptions } from "@install-summary/core/client";
import type { ChangeLogClient } from "../changes/change-log.ts";
import { followChanges, type Followed } from "../changes/follow-changes.ts";

/** Follows the change log for an editor. */
export interface LogFollower {
  /** Begins at once after the last change that was told, also where following waits for a token that is accepted. */
  begin(): void;
  /**
   * The server has responded to something else: a log that was lost because no response came, or because the server failed, is
   * tried at once. One that is refused, or that is asked for too often, keeps its pause.
   */
  serverResponded(): void;
}

/** Milliseconds in which a log is hurried at most once: the server may be failing, and many changes are sent one after another. */
const betweenHurries = 5000;

/** Creates what follows the change log until `signal` ends it. `uptime` tells the time, in milliseconds. */
export function createLogFollower(
  client: ChangeLogClient,
  signal: AbortSignal,
  report: (followed: Followed) => void,
  uptime: () => number = () => performance.now(),
): LogFollower {
  let following = new AbortController();
  let hurry = new AbortController();
  let followedTo: string | undefined;
  let isLost = false;
  let failure: unknown;
  let hurriedAt = Number.NEGATIVE_INFINITY;

  const watched = watchFailures(client, (error) => {
    failure = error;
  });
  const told = (followed: Followed): void => {
    if (followed.kind === "changes") followedTo = followed.changes.at(-1)?.cursor ?? followedTo;
    if (followed.kind === "link") isLost = followed.link === "lost";
    report(followed);
  };

  return {
    begin() {
      following.abort();
      following = new AbortController();
      isLost = false;
      const stop = AbortSignal.any([signal, following.signal]);
      void followChanges(watched, stop, told, followedTo, () => hurry.signal);
    },
    serverResponded() {
      if (!isLost || !mayBeBack(failure) || uptime() - hurriedAt < betweenHurries) return;
      // Until it is told again that it is lost, the log is asked once.
      isLost = false;
      hurriedAt = uptime();
      const last = hurry;
      hurry = new AbortController();
      last.abort();
    },
  };
}

/** Whether a log that failed so may be there again as soon as the server responds to something else. */
function mayBeBack(error: unknown): boolean {
  return isGraphError(error) ? error.status >= 500 && error.status !== 501 : isNoResponseError(error);
}

/** A client that tells the failures of its change log, also those that it gets over by itself. */
function watchFailures(client: ChangeLogClient, failed: (error: unknown) => void): ChangeLogClient {
  return {
    async *changes(options: ChangesOptions = {}) {
      const onInterrupted = (error: unknown): void => {
        failed(error);
        options.onInterrupted?.(error);
      };
      try {
        yield* client.changes({ ...options, onInterrupted });
      } catch (error) {
        if (options.signal?.aborted !== true) failed(error);
        throw error;
      }
    },
  };
}
