import { graphError, isGraphError } from "../http/graph-error.ts";
import { isNoResponseError } from "../http/no-response-error.ts";
import { readEvents, type StreamEvent } from "./event-stream.ts";
import { parseChangesResponse, type ChangesPage } from "./responses.ts";
import { pause, whileWanted } from "./timing.ts";
import { maxRetryWait, type OpenResponse } from "./transport.ts";
import type { ChangesOptions } from "./call-options.ts";
import type { ListedChange } from "./types.ts";

/** What following reads by. */
export interface ChangeSource {
  /** Reads the page of changes after a cursor, oldest first. */
  readonly readPage: (after: string | undefined) => Promise<ChangesPage>;
  /** Opens the stream of the changes after a cursor. */
  readonly open: (after: string | undefined) => Promise<OpenResponse>;
}

/** A service sends at least a comment every 15 seconds; a connection that is silent for this long is gone. */
const quiet = 45_000;
/** Milliseconds before a stream is asked for again where the server gave none: until then pages are read. */
const withoutStream = 60_000;

/**
 * The changes after a cursor and those to come: what is there already in pages, then a stream of events, and again after
 * each interruption. Where the server gives no stream, pages are asked for every so many milliseconds.
 */
export async function* followChanges(
  { readPage, open }: ChangeSource,
  from: string | undefined,
  { every, signal, until, onInterrupted, onResumed }: ChangesOptions & { readonly every: number },
): AsyncGenerator<ListedChange> {
  let after = from;
  // A stream would go on beyond the moment where the changes end.
  let streamAfter = until === undefined ? 0 : Number.POSITIVE_INFINITY;
  for (let failures = 0; ;) {
    try {
      const page = await readPage(after);
      if (failures > 0) onResumed?.();
      failures = 0;
      yield* whileWanted(page.changes, signal);
      after = page.next ?? after;
      if (page.changes.length > 0) continue;
      if (performance.now() >= streamAfter) {
        const stream = await openStream(after);
        if (stream === undefined) streamAfter = performance.now() + withoutStream;
        else
          for await (const change of readStream(stream)) {
            yield change;
            after = change.cursor;
          }
      }
      await pause(every, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isTemporary(error)) throw error;
      failures += 1;
      onInterrupted?.(error);
      await pause(Math.min(every * 2 ** failures, maxRetryWait), signal);
    }
  }

  /** Undefined where the server has no stream, or no place for one more. */
  async function openStream(cursor: string | undefined): Promise<OpenResponse | undefined> {
    try {
      const stream = await open(cursor);
      if (stream.contentType.startsWith("text/event-stream")) return stream;
      await stream.body?.cancel();
      return undefined;
    } catch (error) {
      if (isGraphError(error) && error.status !== 401 && error.status !== 403) return undefined;
      throw error;
    }
  }

  /** The changes of a stream until it ends or breaks: the next page tells what was missed, and why. */
  async function* readStream({ body, ...head }: OpenResponse): AsyncGenerator<ListedChange> {
    if (body === null) return;
    const events = readEvents(body, quiet, signal);
    try {
      for (let next = await take(events); next !== undefined; next = await take(events)) {
        const { event, data } = next;
        if (event === "gap") throw graphError("Gone", "The cursor is older than the change log.");
        if (event === "change") yield* parseChangesResponse({ ...head, body: `{"value":[${data}]}` }).changes;
      }
    } finally {
      await events.return(undefined);
    }
  }

  /** The next event; undefined where the stream has ended or is broken. */
  async function take(events: AsyncGenerator<StreamEvent>): Promise<StreamEvent | undefined> {
    try {
      const { done, value } = await events.next();
      return done === true ? undefined : value;
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  }
}

/** Whether the server may be there again later. */
function isTemporary(error: unknown): boolean {
  if (isGraphError(error)) return error.status === 429 || error.status >= 500;
  return isNoResponseError(error);
}
