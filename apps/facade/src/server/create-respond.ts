import { getRequestListener, RequestError } from "@hono/node-server";
import { graphError } from "@install-summary/core";
import { type MaybePromise, type RequestInput, whenReady } from "@install-summary/core/service";
import type { Refusable } from "../http/refusable.ts";
import type { Limits } from "../settings/settings.ts";
import type { CallerShares } from "./caller-shares.ts";
import type { Connections } from "./connections.ts";
import { hasBody, nodeInput } from "./node-request.ts";
import { errorAsResponse, type NoteRefusal } from "./refusal.ts";
import type { RequestTurns } from "./request-turns.ts";

/** Responds to a request of the web. */
export type Fetch = (request: Request, input: RequestInput, refusable: Refusable) => MaybePromise<Response>;

/** What requests are responded to with. */
export interface RespondParts {
  readonly fetch: Fetch;
  readonly limits: Limits;
  readonly shares: CallerShares;
  readonly note: NoteRefusal;
  readonly current: Connections["current"];
  readonly goOn: RequestTurns["goOn"];
  readonly noteCaller: RequestTurns["noteCaller"];
}

/** Makes what responds to the requests of Node that are tracked as exchanges, as requests of the web. */
export function createRespond({
  fetch,
  limits,
  shares,
  note,
  current,
  goOn,
  noteCaller,
}: RespondParts): ReturnType<typeof getRequestListener> {
  return getRequestListener(
    (request, { incoming: { socket } }) => {
      const exchange = current(socket);
      if (exchange === undefined) throw new Error("a request came without being tracked");
      const { incoming, outgoing } = exchange;
      const inTurn = (work: () => void): void => goOn(exchange, work);
      const input = nodeInput({ incoming, outgoing }, { times: limits, inTurn }, shares.open(exchange));
      // A body may turn out malformed in this very turn, and then no other response may have left before.
      const response = hasBody(incoming)
        ? Promise.resolve().then(() =>
            // The error is sent already.
            exchange.isRefused === true ? new Promise<never>(() => {}) : fetch(request, input, exchange),
          )
        : fetch(request, input, exchange);
      return whenReady(response, (made) => {
        exchange.response = made;
        noteCaller(exchange);
        return made;
      });
    },
    // `Connections` discards what is left of a body.
    { errorHandler: (error) => toErrorResponse(error, note), autoCleanupIncoming: false },
  );
}

/** Responds where no `Request` can be made because the target and `Host` do not form a URL. */
function toErrorResponse(error: unknown, note: NoteRefusal): Response {
  const message = "The request target or the Host header is malformed.";
  return errorAsResponse(error instanceof RequestError ? graphError("BadRequest", message) : error, note);
}
