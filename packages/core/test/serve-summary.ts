import type { ServerResponse } from "node:http";
import { openMemoryContract } from "../src/contract/memory/memory-contract.ts";
import { applyPatch, decidePatch, type VersionedSummary } from "../src/patch/decide-patch.ts";
import { memoryActor } from "../src/contract/memory/memory-callers.ts";
import { changeSummary, type Changer } from "../src/store/memory/app-state.ts";
import { parsePatchText } from "../src/patch/parse-patch.ts";
import type { InstallSummaryPatch } from "../src/resource/install-summary.ts";
import { appId, examplePatch, sampleApp } from "./samples.ts";
import { bufferOf } from "./contract-server.ts";
import { serve, type SeenRequest, type TestServer } from "./serve.ts";

/** One request to a server with a summary: the test decides what happens. */
export interface Exchange {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  /** The number of earlier requests with the same method. */
  readonly before: number;
  /** Carries the request out and sends the response. */
  readonly proceed: () => void;
  /** Makes the change of a PATCH at once, and sends nothing. */
  readonly commit: () => void;
  /** Closes the connection without a response. */
  readonly drop: () => void;
}

/** A server on a port that responds as the memory service does, with one app. */
export interface SummaryServer extends TestServer {
  readonly current: () => VersionedSummary;
  /** Changes the summary as another client would. */
  readonly change: (patch: InstallSummaryPatch) => void;
  /** The number of requests with a method. */
  readonly count: (method: string) => number;
}

/** Starts such a server with the specification's example in version 1; it ends with the test. */
export async function serveSummary(
  handle: (exchange: Exchange, server: SummaryServer) => void,
): Promise<SummaryServer> {
  const contract = openMemoryContract([{ ...sampleApp(), installSummary: examplePatch }], {
    pageSize: 1000,
  });
  const counts = new Map<string, number>();
  const server = await serve((request, response) => {
    const before = counts.get(request.method) ?? 0;
    counts.set(request.method, before + 1);
    const commit = (): void => {
      if (request.method !== "PATCH") return;
      const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = request.headers;
      const patch = parsePatchText(request.body, { id: appId });
      const current = contract.find(appId);
      const decision = decidePatch(current, patch, { ifMatch, ifNoneMatch });
      if (decision.kind !== "changed") return;
      const by = { actor: memoryActor, clientRequestId: sentId(request) };
      contract.save(changeSummary(current, decision.summary, by));
    };
    const proceed = (): void => void respond(request, response);
    const exchange = { request, response, before, commit, proceed, drop: () => void response.destroy() };
    handle(exchange, summaryServer);
  });
  const summaryServer: SummaryServer = {
    ...server,
    current: () => contract.find(appId),
    count: (method) => counts.get(method) ?? 0,
    change(others) {
      const current = contract.find(appId);
      contract.save(changeSummary(current, applyPatch(current.summary, others), anotherClient));
    },
  };
  return summaryServer;

  async function respond(
    { method, url, headers, body }: SeenRequest,
    response: ServerResponse,
  ): Promise<void> {
    const sent = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const request = new Request(server.origin + url, { method, headers: sent });
    // Tests of clients without a token need a server that takes every request.
    request.headers.set("authorization", "Bearer any");
    const received = await contract.respond(request, bufferOf(body));
    response.writeHead(received.status, Object.fromEntries(received.headers));
    response.end(await received.text());
  }
}

const anotherClient: Changer = { actor: "another client", clientRequestId: undefined };

function sentId({ headers }: SeenRequest): string | undefined {
  const id = headers["client-request-id"];
  return typeof id === "string" ? id : undefined;
}
