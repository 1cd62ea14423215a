import { createGraphHandler } from "../../graph/dispatch.ts";
import { openExchange, type Exchange } from "../../graph/exchange/exchange.ts";
import { errorResponse, toResponse, type PlainResponse } from "../../graph/exchange/response.ts";
import type { ServiceLimits, ServicePolicy } from "../../graph/routes/call.ts";
import { unknownApp } from "../../graph/routes/responses.ts";
import { bodyTooLarge, type ByteLimit } from "../../store/limit-error.ts";
import type { AppState } from "../../store/memory/app-state.ts";
import type { TenantState } from "../../store/memory/memory-tenant.ts";
import { openMemoryStore } from "../../store/memory/open-memory-store.ts";
import { faultResponse } from "./fault-response.ts";
import { gunzip } from "./gunzip.ts";
import { createMemoryAuthenticate, memoryTenantId, type MemoryTokens } from "./memory-callers.ts";
import { seedApps, type MemoryApp } from "./seed-apps.ts";

/** The contract over apps in memory, and what a test may do to them beside it. */
export interface MemoryContract {
  /** The response to a request, whose body was read. */
  respond(request: Request, body: ArrayBuffer): Promise<Response>;
  /** The response with a status in place of it. */
  respondFault(request: Request, status: number): Response;
  /** Throws `GraphError` 404 for an unknown app. */
  find(appId: string): AppState;
  /** Puts an app in the place of the one with its id. */
  save(app: AppState): void;
  /** Returns to the apps that it was opened with. */
  reset(): void;
}

const policy: ServicePolicy = {
  readOnly: false,
  allowApplication: false,
  wrapGet: false,
  requireIfMatch: false,
};

/** Opens the contract as the facade serves it by default. Throws what `seedApps` throws. */
export function openMemoryContract(
  apps: readonly MemoryApp[],
  { pageSize, ...tokens }: MemoryTokens & { readonly pageSize: number },
): MemoryContract {
  const first = seedApps(apps);
  const tenants = new Map([[memoryTenantId, first]]);
  const limits: ServiceLimits = {
    bodyBytes: 65_536,
    batchBytes: 2 ** 20,
    urlBytes: 8192,
    headerBytes: 16_384,
    pageSize,
  };
  const serve = createGraphHandler({
    store: openMemoryStore(tenants),
    authenticate: createMemoryAuthenticate(tokens),
    gunzip,
    policy,
    limits,
  });
  const state = (): TenantState => tenants.get(memoryTenantId) ?? first;

  return {
    async respond(request, body) {
      const exchange = openRead(request, body);
      return toResponse(await plainResponse(exchange), exchange, exchange.method);
    },
    respondFault(request, status) {
      const exchange = openRead(request);
      return toResponse(faultResponse(status, exchange), exchange, exchange.method);
    },
    find(appId) {
      const id = appId.toLowerCase();
      const found = state().get(id);
      if (found === undefined) throw unknownApp({ kind: "app", id });
      return found;
    },
    save: (app) => void tenants.set(memoryTenantId, new Map(state()).set(app.app.id, app)),
    reset: () => void tenants.set(memoryTenantId, first),
  };

  async function plainResponse(exchange: Exchange): Promise<PlainResponse> {
    try {
      return await serve(exchange);
    } catch (error) {
      return errorResponse(error, exchange);
    }
  }
}

/** Begins the exchange of a request whose body was read. */
function openRead(request: Request, body = new ArrayBuffer()): Exchange {
  const readBytes = async (limit: ByteLimit): Promise<Uint8Array> => {
    if (body.byteLength > limit.maxBytes) throw bodyTooLarge(limit);
    return new Uint8Array(body);
  };
  return openExchange(request, { headers: request.headers, readBytes });
}
