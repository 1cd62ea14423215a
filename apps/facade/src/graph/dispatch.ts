import type { Authenticate } from "../identity/authenticate.ts";
import { authorize } from "../identity/authorize.ts";
import type { Caller } from "../identity/caller.ts";
import type { Answer } from "../http/response.ts";
import { checkDeclaredLength } from "../http/json-body.ts";
import type { RequestIds } from "../http/request-ids.ts";
import type { RequestTarget } from "../http/request-url.ts";
import { checkHost } from "../http/hosts.ts";
import type { OpenResource, Resource } from "./path/resource-path.ts";
import { checkMethod, readOptions } from "./routes/allowed-methods.ts";
import type { Service } from "./routes/call.ts";
import { listApps } from "./routes/list-apps.ts";
import { patchSummary } from "./routes/patch-summary.ts";
import { readApp } from "./routes/read-app.ts";
import { readLiveness, readReadiness } from "../health/health.ts";
import { readHome, readService } from "./routes/read-service.ts";
import { readSummary } from "./routes/read-summary.ts";

/** What requests are answered with. */
export interface ServiceParts extends Service {
  readonly authenticate: Authenticate;
  /** The address that the server is bound to. */
  readonly host: string;
  /** Whether the service is about to end, so that no more requests should be sent to it. */
  readonly isClosing: () => boolean;
}

/** A request with what is known of it so far. */
export interface Exchange {
  readonly request: Request;
  readonly ids: RequestIds;
  readonly target: RequestTarget;
  readonly resource: Resource;
  /** Once the token is verified. */
  caller?: Caller;
}

/** Answers a request, or throws the error to answer. The order of the checks is part of the contract. */
export async function answerRequest(parts: ServiceParts, exchange: Exchange): Promise<Answer> {
  const { request, ids, target, resource } = exchange;
  const { headers, method } = request;
  checkHost(target.host, parts.host);
  checkDeclaredLength(headers, parts.limits.bodyBytes);
  if (method === "OPTIONS") return readOptions(resource);
  const base = `${target.origin}/beta`;
  if (isOpen(resource)) {
    checkMethod(method, resource);
    return readOpen(parts, resource, base, headers);
  }

  const caller = await parts.authenticate(headers.get("authorization"));
  exchange.caller = caller;
  if (resource.kind === "fault") throw resource.error;
  checkMethod(method, resource);
  authorize(caller, method === "PATCH" ? "write" : "read", parts.policy);

  const graphRequest = { caller, request, base, query: target.query, requestId: ids.requestId };
  switch (resource.kind) {
    case "apps":
      return listApps(parts, graphRequest);
    case "app":
      return readApp(parts, resource, graphRequest);
    case "summary":
      return method === "PATCH"
        ? patchSummary(parts, resource, graphRequest)
        : readSummary(parts, resource, graphRequest);
  }
}

function isOpen(resource: Resource): resource is OpenResource {
  const { kind } = resource;
  return kind === "home" || kind === "service" || kind === "livez" || kind === "readyz";
}

function readOpen(
  { store, isClosing }: ServiceParts,
  { kind }: OpenResource,
  base: string,
  headers: Headers,
): Answer | Promise<Answer> {
  switch (kind) {
    case "home":
      return readHome();
    case "service":
      return readService(base, headers);
    case "livez":
      return readLiveness();
    case "readyz":
      return readReadiness(store, isClosing());
  }
}
