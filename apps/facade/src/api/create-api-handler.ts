import { graphError } from "@install-summary/core";
import { visibleText } from "@install-summary/core/text";
import {
  type Access,
  authorize,
  type Caller,
  checkMethod,
  type Exchange,
  type GraphParts,
  type ImportingStore,
  type MaybePromise,
  optionsResponse,
  routingPath,
  toResponse,
  whenReady,
} from "@install-summary/core/service";
import type { Log } from "../log/log.ts";
import { apiNames, apiPaths, type ApiName } from "./api-paths.ts";
import { createChangesRoute } from "./changes/changes-route.ts";
import { createImportsRoute, type ImportsParts } from "./imports/imports-route.ts";
import type { StreamLimits } from "./changes/stream-places.ts";

/** What the facade's own API is served with. */
export interface ApiParts extends Pick<GraphParts, "authenticate" | "admit" | "policy">, ImportsParts {
  readonly store: ImportingStore;
  readonly log: Pick<Log, "warn" | "error">;
  readonly limits: StreamLimits & { readonly pageSize: number; readonly importBytes: number };
}

/** A path of the API. */
interface ApiRoute {
  /** What the log calls it. */
  readonly name: string;
  readonly methods: readonly string[];
  readonly access: Access;
  readonly serve: (exchange: Exchange, caller: Caller) => Promise<Response>;
}

/**
 * Makes the handler of the paths under `/api`. As on the contract's paths, the token is checked before the path, but for
 * OPTIONS.
 */
export function createApiHandler({
  authenticate,
  admit,
  policy,
  ...parts
}: ApiParts): (exchange: Exchange) => MaybePromise<Response> {
  const served: Readonly<Record<ApiName, Pick<ApiRoute, "access" | "serve">>> = {
    changes: { access: "read", serve: createChangesRoute({ ...parts, authenticate }) },
    imports: { access: "write", serve: createImportsRoute(parts) },
  };
  const routes = new Map<string, ApiRoute>();
  for (const name of apiNames) {
    const { template, methods } = apiPaths[name];
    routes.set(template, { name, methods, ...served[name] });
  }
  return (exchange) => {
    const { method, url, headers } = exchange;
    const route = routes.get(routingPath(url.path));
    exchange.resource = route?.name ?? "api";
    if (method === "OPTIONS") {
      if (route === undefined) throw unknownPath(url.path, [...routes.keys()]);
      return toResponse(optionsResponse(route.methods), exchange, method);
    }
    return whenReady(authenticate(headers.get("authorization"), exchange.connection), (caller) => {
      exchange.tenant = caller.tenantId;
      exchange.actor = caller.actor;
      exchange.claim?.(caller);
      admit?.(caller);
      if (route === undefined) throw unknownPath(url.path, [...routes.keys()]);
      checkMethod(method, route.methods);
      authorize(caller, route.access, policy);
      return route.serve(exchange, caller);
    });
  };
}

function unknownPath(path: string, known: readonly string[]): Error {
  const shown = visibleText(path, 64);
  return graphError("ResourceNotFound", `There is no '${shown}'. There are ${known.join(" and ")}.`);
}
