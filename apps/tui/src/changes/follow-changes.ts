import { setTimeout as pause } from "node:timers/promises";
import { isGraphError } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import {
  isNoChangeLogError,
  isSurelyNoChangeLog,
  readChangesPage,
  type ChangeLogClient,
} from "./change-log.ts";

/** What following a change log tells. */
export type Followed =
  /** Changes, oldest first; `areNew` where they were made since following began. */
  | { readonly kind: "changes"; readonly changes: readonly ListedChange[]; readonly areNew: boolean }
  /** From now on changes come as they are made, or they do not until it says `live` again. */
  | { readonly kind: "link"; readonly link: "live" | "lost" | "missing" }
  /** Some changes are missing: the log no longer holds them. */
  | { readonly kind: "gap" };

/** How many of the latest changes are told at the start, for what was read just before it. */
const recent = 100;
/** Milliseconds for which changes are gathered: those of an import come in their thousands. */
const gathering = 100;
/** Milliseconds before following begins anew, first and at most: longer each time, until changes are seen again. */
const pauses = {
  afterGap: { first: 1000, longest: 60_000 },
  afterFailure: { first: 5000, longest: 60_000 },
  /** The server refuses it, or has no log as far as it says. */
  afterRefusal: { first: 30_000, longest: 600_000 },
};

/**
 * Follows a change log until `signal` ends it: through lost connections, renewed tokens, and gaps. Goes on after the last
 * change that was told, or after the cursor `from`. Ends by itself only where the server surely has no such log. `hurry` gives
 * the signal that ends what it does then, and its pause, so that it tries again at once.
 */
export async function followChanges(
  client: ChangeLogClient,
  signal: AbortSignal,
  report: (followed: Followed) => void,
  from?: string,
  hurry: () => AbortSignal = () => signal,
  wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown> = pauseFor,
): Promise<void> {
  let after = from;
  let hadLog = false;
  let failures = 0;
  const tell = (followed: Followed): void => {
    if (followed.kind === "changes") after = followed.changes.at(-1)?.cursor ?? after;
    if (followed.kind === "link" && followed.link === "live") {
      hadLog = true;
      failures = 0;
    }
    report(followed);
  };
  while (!signal.aborted) {
    const attempt = AbortSignal.any([signal, hurry()]);
    try {
      await follow(client, attempt, tell, after);
    } catch (error) {
      if (signal.aborted) return;
      if (attempt.aborted) continue;
      const isMissing = isNoChangeLogError(error);
      if (!hadLog && isSurelyNoChangeLog(error)) return report({ kind: "link", link: "missing" });
      // The cursor has no meaning any more, or none for a token of another tenant.
      const isGap = isGraphError(error, "Gone") || (isBadRequest(error) && !isMissing && after !== undefined);
      if (isGap) after = undefined;
      report(isGap ? { kind: "gap" } : { kind: "link", link: isMissing && !hadLog ? "missing" : "lost" });
      await wait(pauseAfter(error, isGap, failures), attempt);
      failures += 1;
    }
  }
}

async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}

function isBadRequest(error: unknown): boolean {
  return isGraphError(error) && error.status === 400;
}

function pauseAfter(error: unknown, isGap: boolean, failures: number): number {
  const isRefusal =
    isGraphError(error) && (error.status < 500 || error.status === 501) && error.status !== 429;
  const { first, longest } = isGap ? pauses.afterGap : isRefusal ? pauses.afterRefusal : pauses.afterFailure;
  return Math.min(first * 2 ** failures, longest);
}

async function follow(
  client: ChangeLogClient,
  signal: AbortSignal,
  report: (followed: Followed) => void,
  from: string | undefined,
): Promise<void> {
  const { changes: latest } = await readChangesPage(client, { top: from === undefined ? recent : 1, signal });
  if (from === undefined) report({ kind: "changes", changes: latest.toReversed(), areNew: false });
  report({ kind: "link", link: "live" });
  const gathered = gather((changes) => report({ kind: "changes", changes, areNew: true }));
  let isLive = true;
  const onLink = (link: "live" | "lost"): void => {
    if (isLive !== (link === "live")) report({ kind: "link", link });
    isLive = link === "live";
  };
  try {
    const changes = client.changes({
      after: from ?? latest[0]?.cursor,
      follow: true,
      signal,
      onInterrupted: () => onLink("lost"),
      onResumed: () => onLink("live"),
    });
    for await (const change of changes) gathered.add(change);
  } finally {
    gathered.flush();
  }
}

/** Hands on what is added within a short while at once. */
function gather(take: (changes: readonly ListedChange[]) => void): {
  readonly add: (change: ListedChange) => void;
  readonly flush: () => void;
} {
  let waiting: ListedChange[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const changes = waiting;
    waiting = [];
    if (changes.length > 0) take(changes);
  };
  return {
    flush,
    add(change) {
      waiting.push(change);
      timer ??= setTimeout(flush, gathering);
    },
  };
}
