import type { SentRequest } from "../src/contract/check/check-pair.ts";
import type { MemoryResponse } from "../src/contract/memory/message.ts";
import { errorResponse, requestIds, success } from "../src/contract/memory/responses.ts";
import { graphError } from "../src/http/graph-error.ts";
import type { Respond } from "./contract-respond.ts";

interface BatchBody {
  readonly requests: readonly {
    readonly id: string;
    readonly method: SentRequest["method"];
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly dependsOn?: readonly string[];
  }[];
}

/** Adds `/$batch` to a server: each request of a batch goes to the server by itself. */
export function serveBatch(respond: Respond): Respond {
  return (request) => {
    if (request.path !== "/$batch") return respond(request);
    if (request.method === "POST") return success(carryOut(request, respond), "minimal");
    const error = graphError("MethodNotAllowed", "Specified HTTP method is not allowed.");
    return errorResponse(error, requestIds(request), { allow: "POST, OPTIONS" });
  };
}

function carryOut(batch: SentRequest, respond: Respond): object {
  const { requests }: BatchBody = JSON.parse(batch.body ?? "");
  const responses: (MemoryResponse & { readonly id: string })[] = [];
  for (const { id, method, url, headers = {}, body, dependsOn = [] } of requests) {
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    const request: SentRequest = {
      method,
      path: url,
      headers: Object.fromEntries(lowerCase),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      identity: batch.identity,
    };
    const hasFailed = responses.some((one) => dependsOn.includes(one.id) && one.status >= 400);
    const failure = graphError("FailedDependency", "A request before it failed.");
    const response = hasFailed ? errorResponse(failure, requestIds(request)) : respond(request);
    responses.push({ id, ...response });
  }
  return { responses };
}
