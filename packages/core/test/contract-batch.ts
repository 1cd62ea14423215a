import type { SentRequest } from "../src/contract/check/check-pair.ts";
import { createRequestIds } from "../src/graph/exchange/exchange.ts";
import { errorResponse, GraphErrorWithHeaders } from "../src/graph/exchange/response.ts";
import { jsonResponse } from "../src/graph/routes/responses.ts";
import { graphError, type GraphError } from "../src/http/graph-error.ts";
import { makeResponse, type ContractResponse, type Respond } from "./contract-respond.ts";

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
  return async (request) => {
    if (request.path !== "/$batch") return respond(request);
    if (request.method === "POST") {
      return makeResponse(jsonResponse(JSON.stringify(await carryOut(request, respond)), "minimal"));
    }
    const error = graphError("MethodNotAllowed", "Specified HTTP method is not allowed.");
    return refuse(new GraphErrorWithHeaders(error, { Allow: "POST, OPTIONS" }));
  };
}

function refuse(error: GraphError): Promise<ContractResponse> {
  return makeResponse(errorResponse(error, createRequestIds(null)));
}

async function carryOut(batch: SentRequest, respond: Respond): Promise<object> {
  const { requests }: BatchBody = JSON.parse(batch.body ?? "");
  const responses: (ContractResponse & { readonly id: string })[] = [];
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
    const response = await (hasFailed ? refuse(failure) : respond(request));
    responses.push({ id, ...response });
  }
  return { responses };
}
