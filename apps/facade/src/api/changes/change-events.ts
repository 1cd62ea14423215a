import type { Caller, ChangeLog } from "@install-summary/core/service";
import { formatChange, formatChangeCursor } from "./change-json.ts";
import type { ChangeFilter } from "./change-options.ts";

/** What a stream of events reads. */
export interface EventSource {
  readonly log: ChangeLog;
  readonly filter: ChangeFilter;
  /** The sequence after which the stream begins. */
  readonly from: number;
  readonly caller: Caller;
  /** Seconds after which a connection on which nothing is sent is cut. */
  readonly responseSeconds: number;
  /** Whether the caller may still read. It is asked before each page, and so at least as often as comments are sent. */
  readonly isAccepted: () => Promise<boolean>;
  /** Ends the stream. */
  readonly stop: AbortSignal;
}

/** The most milliseconds without a change after which a comment tells that the stream is alive. */
const maxQuiet = 15_000;
const pageSize = 100;

/**
 * The changes after a position as server-sent events, and then each new one, until it is stopped or the caller is not
 * accepted any more. Each event has its cursor as id. Source: HTML, §9.2 Server-sent events.
 */
export async function* readEvents({
  log,
  filter,
  from,
  caller,
  responseSeconds,
  isAccepted,
  stop,
}: EventSource): AsyncGenerator<string> {
  // The server would take a quiet stream for a caller that takes no more.
  const quiet = Math.min(maxQuiet, responseSeconds * 500);
  const cursorOf = (sequence: number): string => formatChangeCursor(sequence, caller.tenantId);
  yield ": changes\n\n";
  for (let after = from; !stop.aborted;) {
    if (!(await isAccepted())) return;
    const page = await log.readChanges({ ...filter, order: "asc", after, top: pageSize });
    const { changes, hasGap, next = after } = page;
    after = next;
    if (hasGap)
      yield `event: gap\nid: ${cursorOf(changes[0] ? changes[0].sequence - 1 : next)}\ndata: {}\n\n`;
    if (changes.length > 0) {
      yield changes
        .map((one) => `event: change\nid: ${cursorOf(one.sequence)}\ndata: ${formatChange(one, caller)}\n\n`)
        .join("");
    }
    if (changes.length === pageSize) continue;
    if (!(await hasMoreWithin(quiet, { log, after, stop }))) yield ": \n\n";
  }
}

/** Waits for changes after a position; false where none came within the time. */
async function hasMoreWithin(
  milliseconds: number,
  { log, after, stop }: Pick<EventSource, "log" | "stop"> & { readonly after: number },
): Promise<boolean> {
  const enough = new AbortController();
  const end = (): void => enough.abort();
  const timer = setTimeout(end, milliseconds);
  stop.addEventListener("abort", end);
  try {
    if (!stop.aborted) await log.waitForChanges(after, enough.signal);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", end);
  }
  return !enough.signal.aborted || stop.aborted;
}
