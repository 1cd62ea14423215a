import type { ServerResponse } from "node:http";
import { openMemoryStore } from "../src/contract/memory/memory-store.ts";
import type { MemoryResponse } from "../src/contract/memory/message.ts";
import { respond } from "../src/contract/memory/respond.ts";
import type { VersionedSummary } from "../src/patch/decide-patch.ts";
import { applyPatch } from "../src/patch/apply-patch.ts";
import type { InstallSummaryPatch } from "../src/resource/install-summary.ts";
import { appId, examplePatch, sampleApp } from "./samples.ts";
import { sendJson, serve, type SeenRequest, type TestServer } from "./serve.ts";

/** One request to a server with a summary: the test decides what happens. */
export interface Exchange {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  /** The number of earlier requests with the same method. */
  readonly before: number;
  /** Carries the request out and sends the response. */
  readonly proceed: () => void;
  /** Carries the request out and sends nothing. */
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
  const store = openMemoryStore([{ ...sampleApp(), installSummary: examplePatch }]);
  const counts = new Map<string, number>();
  const server = await serve((request, response) => {
    const before = counts.get(request.method) ?? 0;
    counts.set(request.method, before + 1);
    const commit = (): MemoryResponse => {
      const { method, url, headers, body } = request;
      const sent = Object.entries(headers).map(([name, value]) => [name, String(value)]);
      const received = { method, path: url, base: server.baseUrl, headers: Object.fromEntries(sent), body };
      return respond({ store, pageSize: 1000 }, { ...received, identity: "writer" });
    };
    const proceed = (): void => {
      const { status, headers, body } = commit();
      sendJson(response, status, body, headers);
    };
    const exchange = { request, response, before, commit, proceed, drop: () => void response.destroy() };
    handle(exchange, summaryServer);
  });
  const summaryServer: SummaryServer = {
    ...server,
    current: () => store.find(appId),
    count: (method) => counts.get(method) ?? 0,
    change(others) {
      const { summary, version } = store.find(appId);
      store.save(appId, { summary: applyPatch(summary, others), version: version + 1 });
    },
  };
  return summaryServer;
}
