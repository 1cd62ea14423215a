import {
  context,
  propagation,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type TextMapGetter,
} from "@opentelemetry/api";
import {
  type Exchange,
  type ImportingStore,
  type MaybePromise,
  whenReady,
} from "@install-summary/core/service";
import { createAttempt } from "./attempt.ts";
import { createRunInSpan } from "./run-in-span.ts";

/** What makes spans of the work of a facade. None of them has a token or a name. */
export interface Tracing {
  /** Responds to a request inside a span, whose parent the headers may name. `respond` must not throw. */
  readonly traceRequest: (
    exchange: Exchange,
    respond: () => MaybePromise<Response>,
  ) => MaybePromise<Response>;
  /** The same store, whose writes have a span from their beginning until they are on the disk. */
  readonly traceStore: (store: ImportingStore) => ImportingStore;
  /**
   * Is told of each group with so many writes that wrote something, in the turn in which it settles them and before those
   * who wait go on.
   */
  readonly noteCommit: (writes: number) => void;
  /** Fetches inside a span. */
  readonly traceFetch: <Value>(host: string, fetch: () => Promise<Value>) => Promise<Value>;
}

const library = "install-summary-facade";

/**
 * Makes spans by the SDK that was registered before, which is how an operator asks for them; undefined without one. The
 * API finds an SDK of another copy of itself too, from its own minor version on. Where the SDK throws, the request goes on
 * without its span.
 *
 * @param routes the templates of paths, by what they name
 * @param onFault is told the first error that the SDK throws
 */
export function createTracing(
  routes: ReadonlyMap<string, string>,
  onFault: (error: unknown) => void,
): Tracing | undefined {
  const attempt = createAttempt(onFault);
  const tracer = attempt(() => (isRegistered() ? trace.getTracer(library) : undefined));
  if (tracer === undefined) return undefined;
  const runInSpan = createRunInSpan(tracer, attempt);
  let groupSize = 0;
  const inCommit = <Value>(write: () => Promise<Value>): Promise<Value> =>
    runInSpan("commit", async (setNumber) => {
      const value = await write();
      setNumber("install_summary.commit.writes", groupSize);
      return value;
    });
  return {
    traceRequest(exchange, respond) {
      const started = attempt(() => {
        const parent = propagation.extract(ROOT_CONTEXT, exchange.headers, headerGetter);
        const attributes = {
          "http.request.method": exchange.method,
          "install_summary.request_id": exchange.requestId,
        };
        const span = tracer.startSpan(exchange.method, { kind: SpanKind.SERVER, attributes }, parent);
        return { span, inside: trace.setSpan(parent, span) };
      });
      if (started === undefined) return respond();
      const { span, inside } = started;
      const responses: MaybePromise<Response>[] = [];
      attempt(() => context.with(inside, () => responses.push(respond())));
      // A context that could not be entered leaves none.
      const [response = respond()] = responses;
      return whenReady(response, (made) => {
        attempt(() => endRequest(span, exchange, made.status, routes.get(exchange.resource ?? "")));
        return made;
      });
    },
    traceStore(store) {
      return {
        ...store,
        open(session) {
          const tenant = store.open(session);
          return {
            ...tenant,
            update: (appId, decide, request) => inCommit(() => tenant.update(appId, decide, request)),
            importApps: (rows, request) => inCommit(() => tenant.importApps(rows, request)),
          };
        },
      };
    },
    noteCommit(writes) {
      groupSize = writes;
    },
    traceFetch: (host, fetch) =>
      runInSpan("fetch keys", fetch, {
        kind: SpanKind.CLIENT,
        attributes: { "server.address": host },
      }),
  };
}

/** Whether there is an SDK. Without one each span would cost a little and go nowhere. */
function isRegistered(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegateTracer(library) !== undefined;
}

const headerGetter: TextMapGetter<Exchange["headers"]> = {
  get: (headers, name) => headers.get(name) ?? undefined,
  // The propagators of W3C ask by name.
  keys: () => [],
};

/** Source: OpenTelemetry semantic conventions for HTTP, server spans. */
function endRequest(
  span: Span,
  { method, url, items }: Exchange,
  status: number,
  route: string | undefined,
): void {
  span.updateName(route === undefined ? method : `${method} ${route}`);
  span.setAttribute("http.response.status_code", status);
  span.setAttribute("url.scheme", url.origin.split(":", 1)[0] ?? "");
  if (route !== undefined) span.setAttribute("http.route", route);
  if (items !== undefined) span.setAttribute("install_summary.batch.items", items.length);
  if (status >= 500) {
    span.setAttribute("error.type", String(status));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
