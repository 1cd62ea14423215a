import type { Exchange, SummaryServer } from "./serve-summary.ts";

type Handle = (exchange: Exchange, server: SummaryServer) => void;

/** The same before a server that does not record whose requests it applies. */
export function withoutRecord(handle: Handle): Handle {
  return (exchange, server) => {
    delete exchange.request.headers["client-request-id"];
    handle(exchange, server);
  };
}

/** The first change is made, and its response is lost. */
export function commitAndDrop(exchange: Exchange): void {
  if (exchange.request.method !== "PATCH" || exchange.before > 0) return exchange.proceed();
  exchange.commit();
  exchange.drop();
}
