import { isProbe } from "../http/hosts.ts";
import type { LoopTurns } from "../shares/loop-turns.ts";
import { nobody } from "./caller-shares.ts";
import type { OpenExchange } from "./connections.ts";
import { createTokenCallers } from "./token-callers.ts";

/** In which turns requests are served. */
export interface RequestTurns {
  /** Responds to a request once its caller has a turn; to a probe at once. */
  begin(exchange: OpenExchange): void;
  /** Goes on with a request, whose caller is known by now, once that caller has a turn again. */
  goOn(exchange: OpenExchange, work: () => void): void;
  /** Notes whose request it was: the next one with the same token waits in that caller's place. */
  noteCaller(exchange: OpenExchange): void;
}

/** How a request is responded to, and refused before that. */
interface RequestSteps {
  readonly respond: (exchange: OpenExchange) => void;
  readonly refuse: (exchange: OpenExchange, error: Error) => void;
}

/** Makes the turns of requests. One that is refused while it waits, or whose caller has gone, is not begun. */
export function createRequestTurns(
  turns: Pick<LoopTurns, "take">,
  { respond, refuse }: RequestSteps,
): RequestTurns {
  const callers = createTokenCallers();
  /** The `Authorization` of each connection that is noted already. */
  const noted = new WeakMap<object, string>();
  const callerOf = ({ incoming: { headers, socket } }: OpenExchange): string => {
    const caller = callers.of(headers.authorization);
    // It may have been forgotten.
    if (caller === nobody) noted.delete(socket);
    return caller;
  };
  return {
    begin(exchange) {
      const { incoming } = exchange;
      if (isProbe(incoming.url ?? "")) return respond(exchange);
      const isBegun = turns.take(
        () => callerOf(exchange),
        () => {
          if (incoming.socket.destroyed || exchange.isRefused === true) return;
          exchange.refuse = undefined;
          respond(exchange);
        },
      );
      if (isBegun) return;
      exchange.refuse = (error) => {
        exchange.isRefused = true;
        refuse(exchange, error);
      };
    },
    goOn: ({ caller = nobody }, work) => void turns.take(() => caller, work),
    noteCaller({ incoming: { headers, socket }, caller }) {
      const { authorization } = headers;
      if (authorization === undefined || caller === undefined || noted.get(socket) === authorization) return;
      noted.set(socket, authorization);
      callers.note(authorization, caller);
    },
  };
}
