import type { SentRequest } from "../src/contract/check/check-pair.ts";
import { graphError } from "../src/http/graph-error.ts";
import { refusal, requestIds, success, type Reply } from "./contract-replies.ts";

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

interface BatchResponse extends Reply {
  readonly id: string;
}

/** Answers a batch of requests, each by what answers a single one. */
export function answerBatch(batch: SentRequest, answer: (request: SentRequest) => Reply): Reply {
  const { requests }: BatchBody = JSON.parse(batch.body ?? "");
  const responses: BatchResponse[] = [];
  for (const { id, method, url, headers = {}, body, dependsOn = [] } of requests) {
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    const request: SentRequest = {
      method,
      path: url,
      headers: Object.fromEntries(lowerCase),
      ...(body !== undefined && { body: JSON.stringify(body) }),
      identity: batch.identity,
    };
    const failed = responses.some((response) => dependsOn.includes(response.id) && response.status >= 400);
    const reply = failed
      ? refusal(graphError("FailedDependency", "A request before it failed."), requestIds(request))
      : answer(request);
    responses.push({ id, ...reply });
  }
  return success({ responses });
}
