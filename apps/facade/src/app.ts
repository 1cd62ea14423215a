import { Hono } from "hono";
import type { Logger } from "pino";
import { toResponse, type Answer } from "./http/response.ts";
import { errorAnswer, toGraphError } from "./http/error-response.ts";
import { createRequestIds } from "./http/request-ids.ts";
import { splitUrl } from "./http/request-url.ts";
import { parseResourcePath } from "./graph/path/resource-path.ts";
import { answerRequest, type Exchange, type ServiceParts } from "./graph/dispatch.ts";

/** What the facade's HTTP side is made of. */
export interface AppParts extends ServiceParts {
  readonly log: Logger;
}

/**
 * Answers every request of the contract, and `/`, `/livez` and `/readyz`. There is one route for everything: a router
 * knows neither keys in brackets nor names without case, so the path is parsed into a value.
 */
export function createApp(parts: AppParts): Hono {
  const app = new Hono({ getPath: () => "/" });
  app.all("/", ({ req }) => handle(parts, req.raw));
  return app;
}

async function handle(parts: AppParts, request: Request): Promise<Response> {
  const start = performance.now();
  const ids = createRequestIds(request.headers.get("client-request-id"));
  const target = splitUrl(request.url);
  const exchange: Exchange = { request, ids, target, resource: parseResourcePath(target.path) };
  let answer: Answer;
  try {
    answer = await answerRequest(parts, exchange);
    logAnswer(parts.log, exchange, answer, start);
  } catch (error) {
    answer = errorAnswer(error, ids);
    logError(parts.log, exchange, error, start);
  }
  return toResponse(answer, ids, request.method);
}

function logAnswer(log: Logger, exchange: Exchange, { status }: Answer, start: number): void {
  const { kind } = exchange.resource;
  const level = kind === "livez" || kind === "readyz" ? "debug" : "info";
  if (!log.isLevelEnabled(level)) return;
  const entry = describe(exchange, status, start);
  // Behind the answer, for which somebody waits; and all lines of a turn together cost half as much.
  setImmediate(() => log[level](entry, "answered"));
}

/** A caller's fault is no fault of the service; what was sent, and with it a message that quotes it, stays out. */
function logError(log: Logger, exchange: Exchange, thrown: unknown, start: number): void {
  const { status, code, cause } = toGraphError(thrown);
  const entry = { ...describe(exchange, status, start), code };
  setImmediate(() => {
    if (status < 500) log.info(entry, "refused");
    else if (cause === undefined) log.warn(entry, "not served");
    else log.error({ ...entry, err: cause }, "failed");
  });
}

function describe({ request, ids, resource, caller }: Exchange, status: number, start: number): object {
  return {
    requestId: ids.requestId,
    clientRequestId: ids.clientRequestId === ids.requestId ? undefined : ids.clientRequestId,
    method: request.method,
    resource: resource.kind,
    app: "id" in resource ? resource.id : undefined,
    tenant: caller?.tenantId,
    actor: caller?.actor,
    status,
    ms: Math.round((performance.now() - start) * 100) / 100,
  };
}
