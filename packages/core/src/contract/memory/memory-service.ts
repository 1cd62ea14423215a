import { decidePatch, type VersionedSummary } from "../../patch/decide-patch.ts";
import { parsePatch } from "../../patch/parse-patch.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import type { PairIdentity } from "../format/golden-pair.ts";
import { frozenCopy } from "../../text/frozen-copy.ts";
import { faultResponse } from "./fault-response.ts";
import { connectionDropped, openFaultQueue, untilAborted, type MemoryFault } from "./faults.ts";
import { openMemoryStore, type MemoryApp } from "./memory-store.ts";
import type { MemoryRequest, MemoryResponse } from "./message.ts";
import { respond } from "./respond.ts";
import { toMemoryRequest, toWebResponse } from "./web-messages.ts";

/** What a memory service begins with, and whom it serves. */
export interface MemoryServiceOptions {
  readonly apps: readonly MemoryApp[];
  /** The bearer token that may read and write. Left out, every token may. */
  readonly token?: string;
  /** A bearer token that may only read: its PATCH is 403. */
  readonly readerToken?: string;
  /**
   * The maximum number of apps on a page, so that a few apps can fill several pages.
   *
   * @default 1000
   */
  readonly pageSize?: number;
}

/** The contract in memory. */
export interface MemoryService {
  /**
   * Responds to requests for any origin, below `/beta`: a client's `fetch`, or a server's handler. Rejects with a
   * `TypeError` where a connection drops, and with the reason of the request's signal where that is aborted.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Returns to the apps of the beginning, forgets all faults and drops every request that has no response yet. */
  reset(): void;
  /**
   * Lets a fault happen to the next request that fits. Several faults happen to one request each, in order. Throws
   * `RangeError` for a status outside 400 to 599.
   */
  breakNext(fault: MemoryFault): void;
  /** The summary of an app with its version. Throws `GraphError` 404 for an unknown app. */
  current(appId: string): VersionedSummary;
  /** Changes counters as another client would. Throws `GraphError` 400 or 404. */
  change(appId: string, patch: InstallSummaryPatch): void;
}

/**
 * Makes the contract in memory, for tests of front ends: it serves a client, and breaks as networks and gateways do.
 * It needs no network, port or file and runs wherever `fetch` does. It serves the pairs of all features but `filter`
 * and `batch`, which it refuses with a 400. Throws `GraphError` 400 for an id or a counter that no app can have, and
 * `RangeError` for a version or page size that is not a whole number.
 *
 * ```ts
 * const service = createMemoryService({ apps: [{ id: appId, installSummary: { failedDeviceCount: 3 } }] });
 * const client = createInstallSummaryClient({ baseUrl: "https://test.example/beta", token: () => "any", fetch: service.fetch });
 *
 * service.breakNext({ when: "after", how: "drop", method: "PATCH" }); // the change is made, its response is lost
 * await client.update(appId, { failedDeviceCount: 0 });
 * ```
 */
export function createMemoryService({
  apps,
  token,
  readerToken,
  pageSize = 1000,
}: MemoryServiceOptions): MemoryService {
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new RangeError(`pageSize is a whole number from 1; got ${pageSize}.`);
  }
  const store = openMemoryStore(apps);
  const faults = openFaultQueue();
  // Aborted by a reset, which ends every request that is under way.
  let lifetime = new AbortController();
  let arrival: Promise<unknown> = Promise.resolve();
  let nextResponse = Promise.withResolvers<void>();

  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const fault = faults.take(request.method);
      const end = lifetime.signal;
      const response = carryOut(receive(request), fault, end);
      return toWebResponse(
        request.method,
        await untilAborted(response, AbortSignal.any([request.signal, end])),
      );
    },
    reset() {
      store.reset();
      faults.clear();
      lifetime.abort(connectionDropped());
      lifetime = new AbortController();
    },
    breakNext: (fault) => faults.add(fault),
    current(appId) {
      const { summary, version } = store.find(appId);
      return frozenCopy({ summary, version });
    },
    change(appId, patch) {
      const decision = decidePatch(store.find(appId), parsePatch(patch));
      if (decision.kind === "changed") store.save(appId, decision);
    },
  };

  /** Reads a request whole. Requests take effect in the order in which they were sent, however long their bodies are. */
  async function receive(request: Request): Promise<MemoryRequest> {
    const reading = request.arrayBuffer();
    arrival = Promise.allSettled([arrival, reading]);
    await arrival;
    return toMemoryRequest(request, await reading, identify);
  }

  async function carryOut(
    receiving: Promise<MemoryRequest>,
    fault: MemoryFault | undefined,
    end: AbortSignal,
  ): Promise<MemoryResponse> {
    const request = await receiving;
    const effect = (): MemoryResponse => {
      end.throwIfAborted();
      return respond({ store, pageSize }, request);
    };
    const done = fault?.when === "before" ? undefined : effect();
    if (fault?.how === "hang") return new Promise(() => {});
    if (fault?.how === "late") {
      await nextResponse.promise;
      return done ?? effect();
    }
    nextResponse.resolve();
    nextResponse = Promise.withResolvers();
    if (fault?.how === "drop") throw connectionDropped();
    return fault === undefined ? (done ?? effect()) : faultResponse(fault.how, request);
  }

  function identify(authorization = ""): PairIdentity {
    const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (given === undefined) return "none";
    if (given === readerToken) return "reader";
    return token === undefined || given === token ? "writer" : "none";
  }
}
