import type { ServerResponse } from "node:http";
import { decidePatch, type VersionedSummary } from "../src/patch/decide-patch.ts";
import { formatETag } from "../src/http/etag.ts";
import type { InstallSummaryPatch } from "../src/resource/install-summary.ts";
import { safeParsePatchText } from "../src/patch/parse-patch.ts";
import { applyPatch } from "../src/patch/apply-patch.ts";
import { sampleSummary } from "./samples.ts";
import { answer, serve, type SeenRequest, type TestServer } from "./serve.ts";

/** One request to a server that keeps a summary, for a test to do with as it likes. */
export interface Exchange {
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  /** How many requests of the same method came before. */
  readonly before: number;
  /** Does what the request asks for and answers it. */
  readonly proceed: () => void;
  /** Does what the request asks for and answers nothing. */
  readonly commit: () => void;
  /** Closes the connection without an answer. */
  readonly drop: () => void;
}

/** A server that keeps one summary as the contract says: versions, ETags, `If-Match`. */
export interface SummaryServer extends TestServer {
  readonly current: () => VersionedSummary;
  /** The change of someone else. */
  readonly change: (patch: InstallSummaryPatch) => void;
  /** How often a method was asked for. */
  readonly count: (method: string) => number;
}

/** Starts such a server with version 1; it ends with the test. */
export async function serveSummary(
  handle: (exchange: Exchange, server: SummaryServer) => void,
): Promise<SummaryServer> {
  let current: VersionedSummary = { summary: sampleSummary(), version: 1 };
  const counts = new Map<string, number>();
  const server = await serve((request, response) => {
    const before = counts.get(request.method) ?? 0;
    counts.set(request.method, before + 1);
    const commit = (): Reply => (request.method === "PATCH" ? patch(request) : read());
    handle(
      {
        request,
        response,
        before,
        commit,
        drop: () => response.destroy(),
        proceed() {
          const { status, body, etag } = commit();
          answer(response, status, body, etag === undefined ? {} : { etag });
        },
      },
      summaryServer,
    );
  });
  const summaryServer: SummaryServer = {
    ...server,
    current: () => current,
    count: (method) => counts.get(method) ?? 0,
    change(others) {
      current = { summary: applyPatch(current.summary, others), version: current.version + 1 };
    },
  };
  return summaryServer;

  function read(): Reply {
    return { status: 200, body: current.summary, etag: formatETag(current.version) };
  }

  function patch({ body, headers }: SeenRequest): Reply {
    const parsed = safeParsePatchText(body);
    if (!parsed.success) return { status: parsed.error.status, body: parsed.error };
    const decision = decidePatch(current, parsed.data, { ifMatch: headers["if-match"] });
    if (decision.kind === "refused") return { status: decision.error.status, body: decision.error };
    if (decision.kind === "changed") current = decision;
    return read();
  }
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly etag?: string;
}
