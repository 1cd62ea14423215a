import { checkMethod, optionsResponse, readMethods } from "../http/methods.ts";
import type { PlainResponse } from "../http/response.ts";
import type { MaybePromise } from "../http/when-ready.ts";
import { authorize } from "../identity/authorize.ts";
import type { Resource } from "./path/resource-path.ts";
import type { Call, Service } from "./routes/call.ts";
import { listApps } from "./routes/list-apps.ts";
import { patchSummary } from "./routes/patch-summary.ts";
import { readApp } from "./routes/read-app.ts";
import { readService } from "./routes/read-service.ts";
import { readSummary } from "./routes/read-summary.ts";

/**
 * Serves one call of the contract, or throws the error to respond with. The checks come in the contract's order: path,
 * method, permission, then those of the route. A batch enters here, once per item.
 */
export function dispatch(service: Service, call: Call): MaybePromise<PlainResponse> {
  const { caller, method, resource } = call;
  if (resource.kind === "fault") throw resource.error;
  checkMethod(method, methodsOf(resource));
  if (resource.kind === "service") return readService(call);
  authorize(caller, method === "PATCH" ? "write" : "read", service.policy);
  switch (resource.kind) {
    case "apps":
      return listApps(service, call);
    case "app":
      return readApp(service, resource, call);
    case "summary":
      return method === "PATCH"
        ? patchSummary(service, resource, call)
        : readSummary(service, resource, call);
  }
}

/** OPTIONS of any resource, which needs no caller. */
export function readOptions(resource: Resource): PlainResponse {
  if (resource.kind === "fault") throw resource.error;
  return optionsResponse(methodsOf(resource));
}

function methodsOf({ kind }: Resource): string {
  return kind === "summary" ? "GET, HEAD, PATCH, OPTIONS" : readMethods;
}
