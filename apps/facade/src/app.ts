import { Hono } from "hono";
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
import type { ImportInto } from "./api/imports/imports-route.ts";
import { livenessResponse, readReadiness } from "./health/health.ts";
import {
  type CrossOriginHeaders,
  createStrictTransport,
  isListed,
  isPreflight,
  preflightHeaders,
} from "./http/cross-origin.ts";
import { createHostCheck, isProbe } from "./http/hosts.ts";
import { docsFiles, pagePaths, type PageName } from "./http/page-paths.ts";
import { createLocate, type PublicPlace } from "./http/locate.ts";
import type { Refusable } from "./http/refusable.ts";
import { createAccessLog, type Log } from "./log/log.ts";
import type { Reference } from "./open-reference.ts";
import type { Tracing } from "./tracing/create-tracing.ts";

/** What the facade's HTTP side is made of. */
export interface AppParts extends GraphParts {
  readonly store: ImportingStore;
  readonly limits: GraphParts["limits"] & StreamLimits & { readonly importBytes: number };
  readonly importReport: ImportInto;
  /** The names and addresses, beside loopback, under which the service may be reached. */
  readonly hosts: readonly string[];
  /** The origin of links, and the proxies that are known. */
  readonly place: PublicPlace;
  readonly crossOriginHeaders: CrossOriginHeaders;
  /** Throws the 503 while no token can be verified. */
  readonly checkIssuer: () => void;
  /** Aborted when the service shuts down, so that no more requests should be sent to it. */
  readonly closing: AbortSignal;
  readonly reference: Reference;
  readonly log: Log;
  /** Responds to each request inside a span. */
  readonly traceRequest?: Tracing["traceRequest"] | undefined;
  /** Is told of each response after it was made. */
  readonly onResponse?: ((exchange: Exchange, status: number, ms: number) => void) | undefined;
}

/** Responds to a request. A server that can read a request at less cost passes its own input. */
export type App = (request: Request, input?: RequestInput, refusable?: Refusable) => MaybePromise<Response>;

const home =
  "Install Summary: Microsoft Graph's contract of an Intune app's install summary, at /beta/deviceAppManagement/mobileApps/{id}/installSummary\nReference: /docs and /openapi.json\n";

/** Makes the app: pages for people and probes, and everything else by the contract. Every request has ids and a log line. */
export function createApp({
  hosts,
  place,
  crossOriginHeaders,
  checkIssuer,
  closing,
  reference,
  log,
  traceRequest,
  onResponse,
  ...parts
}: AppParts): App {
  const serveGraph = createGraphHandler(parts);
  const serveApi = createApiHandler({ ...parts, closing, log });
  const checkHost = createHostCheck(hosts);
  const locate = createLocate(place);
  const strictTransport = createStrictTransport();
  const writeAccess = createAccessLog(log);

  const routes = new Hono<{ Bindings: Exchange }>({
    getPath: (_request, options) => routeOf(options?.env?.url.path ?? "/"),
  });
  const addPage = (
    name: PageName,
    read: (exchange: Exchange) => MaybePromise<PlainResponse>,
    path = pagePaths[name].template,
  ): void => {
    routes.all(path, ({ env }) => {
      env.resource = name;
      return respond(
        env,
        servePage(env, () => read(env)),
      );
    });
  };
  addPage("home", () => textResponse(home));
  addPage("livez", livenessResponse);
  addPage("readyz", () => readReadiness({ store: parts.store, checkIssuer, isClosing: closing.aborted }));
  addPage("openapi", (exchange) => reference.readDescription(exchange));
  addPage("docs", (exchange) => reference.readPage(exchange, ""));
  for (const file of docsFiles) {
    addPage("docs", (exchange) => reference.readPage(exchange, file), `/docs/${file}`);
  }
  routes.all(contractRoute, ({ env }) => respond(env, serveGraph(env)));
  routes.all("/api/*", ({ env }) => serveApi(env));
  // The contract has the words for a path that nothing is served under.
  routes.notFound(({ env }) => respond(env, serveGraph(env)));
  routes.onError((error, { env }) => respondError(env, error));

  return (request, input = inputOf(request), refusable = {}) => {
    const start = performance.now();
    const exchange = openExchange(request, input);
    const respondOrRefuse = (): MaybePromise<Response> =>
      orRefused(exchange, refusable, serve(request, exchange));
    const served = traceRequest === undefined ? respondOrRefuse() : traceRequest(exchange, respondOrRefuse);
    return whenReady(served, (response) => {
      const ms = performance.now() - start;
      writeAccess(exchange, response.status, ms);
      onResponse?.(exchange, response.status, ms);
      return response;
    });
  };

  function serve(request: Request, exchange: Exchange): MaybePromise<Response> {
    return whenReady(route(request, exchange), (response) =>
      allowPage(exchange, claimOpen(exchange, response)),
    );
  }

  function route(request: Request, exchange: Exchange): MaybePromise<Response> {
    try {
      exchange.extraHeaders = crossOriginHeaders(exchange.headers.get("origin"));
      exchange.url = locate(exchange);
      const strict = strictTransport(exchange.url);
      if (strict !== undefined) exchange.extraHeaders = { ...exchange.extraHeaders, ...strict };
      if (isPreflight(exchange)) noteUnlisted(exchange, log);
      if (!isProbe(exchange.url.path)) checkHost(exchange.url.host);
      return routes.fetch(request, exchange);
    } catch (error) {
      return respondError(exchange, error);
    }
  }
}

const contractRoute = "/beta";

/** The route of a path. All paths of the contract have one, which Hono finds by name and without a pattern. */
function routeOf(path: string): string {
  const routed = routingPath(path);
  return routed.startsWith(`${contractRoute}/`) ? contractRoute : routed;
}

function respond(exchange: Exchange, plain: MaybePromise<PlainResponse>): MaybePromise<Response> {
  return whenReady(plain, (one) => toResponse(one, exchange, exchange.method));
}

/** What needs no token has its place among all that needs none, and probes are served without one. */
function claimOpen(exchange: Exchange, response: Response): Response {
  const { error, actor, url, claim } = exchange;
  if (error !== undefined || actor !== undefined || isProbe(url.path)) return response;
  try {
    claim?.();
    return response;
  } catch (full) {
    return respondError(exchange, full);
  }
}

/**
 * Lets a page of a listed origin send the request that its browser asked for. A request that will be refused is sent too:
 * a page reads no response to a preflight, so only the request's own can tell it what is wrong.
 */
function allowPage(exchange: Exchange, response: Response): Response {
  if (!isAllowedPreflight(exchange)) return response;
  exchange.error = undefined;
  const allow = response.headers.get("Allow");
  const more = preflightHeaders(exchange.headers, allow);
  const headers = { ...(allow !== null && { Allow: allow }), ...more };
  return toResponse({ status: 204, headers, body: null }, exchange, exchange.method);
}

function isAllowedPreflight(exchange: Exchange): boolean {
  return isListed(exchange.extraHeaders) && isPreflight(exchange);
}

/** The browser tells its page nothing but that the call failed. */
function noteUnlisted(exchange: Exchange, log: Log): void {
  if (isAllowedPreflight(exchange)) return;
  const origin = exchange.headers.get("origin");
  log.info(
    { requestId: exchange.requestId, origin },
    "a browser asked for a page of an origin that is not listed; add it to the setting origins to let the page call",
  );
}

/** The response, or the error that the request gets before that is made: what is made after such an error is dropped. */
function orRefused(
  exchange: Exchange,
  refusable: Refusable,
  served: MaybePromise<Response>,
): MaybePromise<Response> {
  if (!(served instanceof Promise)) return served;
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  refusable.refuse = (error) => resolve(respondError(exchange, error));
  served.then(resolve, reject);
  return promise;
}

function respondError(exchange: Exchange, thrown: unknown): Response {
  exchange.error = toGraphError(thrown);
  return toResponse(errorResponse(exchange.error, exchange), exchange, exchange.method);
}
