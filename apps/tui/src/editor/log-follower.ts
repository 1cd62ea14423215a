import type { ChangeLogClient } from "../changes/change-log.ts";
import { followChanges, type Followed } from "../changes/follow-changes.ts";

/** Follows the change log for an editor. */
export interface LogFollower {
  /** Begins at once after the last change that was told, also where following waits for a token that is accepted. */
  begin(): void;
  /** The server has responded to something else: where the log is lost, it is tried at once. */
  serverResponded(): void;
}

/** Creates what follows the change log until `signal` ends it. */
export function createLogFollower(
  client: ChangeLogClient,
  signal: AbortSignal,
  report: (followed: Followed) => void,
): LogFollower {
  let following = new AbortController();
  let hurry = new AbortController();
  let followedTo: string | undefined;
  let isLost = false;

  const told = (followed: Followed): void => {
    if (followed.kind === "changes") followedTo = followed.changes.at(-1)?.cursor ?? followedTo;
    if (followed.kind === "link") isLost = followed.link === "lost";
    report(followed);
  };

  return {
    begin() {
      following.abort();
      following = new AbortController();
      const stop = AbortSignal.any([signal, following.signal]);
      void followChanges(client, stop, told, followedTo, () => hurry.signal);
    },
    serverResponded() {
      if (!isLost) return;
      // Until it is told again that it is lost, the log is asked once.
      isLost = false;
      const last = hurry;
      hurry = new AbortController();
      last.abort();
    },
  };
}
