import { Hono } from "hono";
import type { Logger } from "pino";
import {
  createGraphHandler,
  errorResponse,
  type Exchange,
  type GraphParts,
  type ImportingStore,
  inputOf,
  type MaybePromise,
  openExchange,
  type PlainResponse,
  type RequestInput,
  routingPath,
  servePage,
  textResponse,
  toGraphError,
  toResponse,
  whenReady,
} from "@install-summary/core/service";
import type { StreamLimits } from "./api/changes/stream-places.ts";
import { createApiHandler } from "./api/create-api-handler.ts";
import { readLiveness, readReadiness } from "./health/health.ts";
import { createHostCheck, isProbe } from "./http/hosts.ts";
import { createAccessLog } from "./log/log.ts";

/** What the facade's HTTP side is made of. */
export interface AppParts extends GraphParts {
  readonly store: ImportingStore;
  readonly limits: GraphParts["limits"] & StreamLimits;
  /** The names and addresses, beside loopback, under which the service may be reached. */
  readonly hosts: readonly string[];
  /** Throws the 503 while no token can be verified. */
  readonly checkIssuer: () => void;
  /** Aborted when the service shuts down, so that no more requests should be sent to it. */
  readonly closing: AbortSignal;
  readonly log: Logger;
}

/** Responds to a request. A server that can read a request at less cost passes its own input. */
export type App = (request: Request, input?: RequestInput) => MaybePromise<Response>;

const home =
  "Install Summary: Microsoft Graph's contract of an Intune app's install summary, at /beta/deviceAppManagement/mobileApps/{id}/installSummary\n";

/** Makes the app: pages for people and probes, and everything else by the contract. Every request has ids and a log line. */
export function createApp({ hosts, checkIssuer, closing, log, ...parts }: AppParts): App {
  const serveGraph = createGraphHandler(parts);
  const serveApi = createApiHandler({ ...parts, closing });
  const checkHost = createHostCheck(hosts);
  const writeAccess = createAccessLog(log);

  const routes = new Hono<{ Bindings: Exchange }>({
    getPath: (_request, options) => routingPath(options?.env?.url.path ?? "/"),
  });
  const addPage = (path: string, name: string, read: () => MaybePromise<PlainResponse>): void => {
    routes.all(path, ({ env }) => {
      env.resource = name;
      return respond(env, servePage(env, read));
    });
  };
  addPage("/", "home", () => textResponse(home));
  addPage("/livez", "livez", readLiveness);
  addPage("/readyz", "readyz", () =>
    readReadiness({ store: parts.store, checkIssuer, isClosing: closing.aborted }),
  );
  routes.all("/beta/*", ({ env }) => respond(env, serveGraph(env)));
  routes.all("/api/*", ({ env }) => serveApi(env));
  // The contract has the words for a path that nothing is served under.
  routes.notFound(({ env }) => respond(env, serveGraph(env)));
  routes.onError((error, { env }) => respondError(env, error));

  return (request, input = inputOf(request)) => {
    const start = performance.now();
    const exchange = openExchange(request, input);
    return whenReady(serve(request, exchange), (response) => {
      writeAccess(exchange, response.status, performance.now() - start);
      return response;
    });
  };

  function serve(request: Request, exchange: Exchange): MaybePromise<Response> {
    try {
      if (!isProbe(exchange.url.path)) checkHost(exchange.url.host);
      return routes.fetch(request, exchange);
    } catch (error) {
      return respondError(exchange, error);
    }
  }
}

function respond(exchange: Exchange, plain: MaybePromise<PlainResponse>): MaybePromise<Response> {
  return whenReady(plain, (one) => toResponse(one, exchange, exchange.method));
}

function respondError(exchange: Exchange, thrown: unknown): Response {
  exchange.error = toGraphError(thrown);
  return toResponse(errorResponse(exchange.error, exchange), exchange, exchange.method);
}
