import { graphError } from "@install-summary/core";
import {
  acceptOf,
  type Authenticate,
  type Caller,
  type ChangeLog,
  type Exchange,
  type ImportingStore,
  type PlainResponse,
  responseHeaders,
  shuttingDown,
  toResponse,
} from "@install-summary/core/service";
import { formatChange, formatChangeCursor } from "./change-json.ts";
import { csvHeader, formatCsv } from "./change-csv.ts";
import { readEvents } from "./change-events.ts";
import { parseChangeOptions, type ChangeLogOptions } from "./change-options.ts";
import { negotiateFormat } from "./negotiate-format.ts";
import type { Log } from "../../log/log.ts";
import { noteCut } from "./note-cut.ts";
import { watchAcceptance } from "./still-accepted.ts";
import { createStreamEnd } from "./stream-end.ts";
import { createStreamPlaces, type StreamLimits } from "./stream-places.ts";
import { streamOf } from "./stream-of.ts";

/** What the change log is served with. */
export interface ChangesParts {
  readonly store: ImportingStore;
  readonly authenticate: Authenticate;
  readonly limits: StreamLimits & { readonly pageSize: number };
  /** Aborted when the service is to end, which ends open streams. */
  readonly closing: AbortSignal;
  /** Is told of a response that ends before it is whole. */
  readonly log: Pick<Log, "warn" | "error">;
}

/** Makes what serves `GET /api/changes` to a caller who may read: as JSON, CSV or a stream of events. */
export function createChangesRoute({
  store,
  authenticate,
  limits,
  closing,
  log: serviceLog,
}: ChangesParts): (exchange: Exchange, caller: Caller) => Promise<Response> {
  const places = createStreamPlaces(limits);

  return async (exchange, caller) => {
    const { headers, url, method, abandoned } = exchange;
    const options = parseChangeOptions(url.query, caller);
    const format = negotiateFormat(acceptOf(headers), options.format);
    const log = store.open({ tenantId: caller.tenantId, actor: caller.actor, origin: "api", abandoned });
    switch (format) {
      case "json":
        return toResponse(await readJson(log, options, caller), exchange, method);
      case "csv":
        return respondCsv(exchange, log, options);
      case "events":
        return respondEvents(exchange, log, options, caller);
    }
  };

  async function readJson(log: ChangeLog, options: ChangeLogOptions, caller: Caller): Promise<PlainResponse> {
    const { query, after } = options;
    const top = Math.min(options.top ?? 100, limits.pageSize);
    const page = await log.readChanges({ ...query, after, top });
    if (page.hasGap) throw gone();
    const value = page.changes.map((change) => formatChange(change, caller)).join(",");
    const next = page.next === undefined ? "" : `,"next":"${formatChangeCursor(page.next, caller.tenantId)}"`;
    const older = page.olderRemoved === true ? `,"olderRemoved":true` : "";
    return {
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: `{"value":[${value}]${next}${older}}`,
    };
  }

  /** The first page is read before the response begins, so that what fails at once has a status. */
  async function respondCsv(
    exchange: Exchange,
    log: ChangeLog,
    options: ChangeLogOptions,
  ): Promise<Response> {
    const { query, after } = options;
    const size = Math.min(limits.pageSize, 200);
    const top = options.top ?? Number.POSITIVE_INFINITY;
    const first = await log.readChanges({ ...query, after, top: Math.min(size, top) });
    if (first.hasGap) throw gone();
    async function* read(): AsyncGenerator<string> {
      yield csvHeader;
      let left = top;
      for (let page = first; ;) {
        yield page.changes.map(formatCsv).join("");
        left -= page.changes.length;
        const isLast = page.changes.length < size || page.next === undefined || left === 0;
        if (isLast) return;
        // A file that lacks changes must not look whole.
        if (closing.aborted) throw shuttingDown();
        page = await log.readChanges({ ...query, after: page.next, top: Math.min(size, left) });
        if (page.hasGap) throw gone();
      }
    }
    return respondStream(exchange, noteCut(read(), exchange, serviceLog), {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="changes.csv"',
    });
  }

  async function respondEvents(
    exchange: Exchange,
    log: ChangeLog,
    options: ChangeLogOptions,
    caller: Caller,
  ): Promise<Response> {
    const { after, filter } = options.forEvents(exchange.headers.get("last-event-id"));
    const from = after ?? (await log.readLastSequence());
    const type = { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" };
    if (exchange.method === "HEAD") return respondStream(exchange, undefined, type);
    const leave = places.take(caller.tenantId);
    const { stop, end } = createStreamEnd(closing, caller.expiresAt);
    const isAccepted = watchAcceptance(authenticate, exchange);
    const { responseSeconds } = limits;
    const events = readEvents({ log, filter, from, caller, responseSeconds, isAccepted, stop });
    return respondStream(exchange, noteCut(events, exchange, serviceLog), type, () => {
      end();
      leave();
    });
  }
}

function respondStream(
  exchange: Exchange,
  chunks: AsyncGenerator<string> | undefined,
  headers: Readonly<Record<string, string>>,
  onEnd?: () => void,
): Response {
  const { cut } = exchange;
  const body = chunks === undefined || exchange.method === "HEAD" ? null : streamOf(chunks, { onEnd, cut });
  return new Response(body, {
    status: 200,
    headers: responseHeaders({ status: 200, headers, body: null }, exchange),
  });
}

function gone(): Error {
  return graphError("Gone", "The cursor is older than the change log.");
}
