import { decidePatch, type VersionedSummary } from "../../patch/decide-patch.ts";
import { parsePatch } from "../../patch/parse-patch.ts";
import type { InstallSummaryPatch } from "../../resource/install-summary.ts";
import { untilAborted } from "../../client/timing.ts";
import { changeSummary } from "../../store/memory/app-state.ts";
import { frozenCopy } from "../../text/frozen-copy.ts";
import { notFit, requireNames } from "../../text/require-members.ts";
import { connectionDropped, openFaultQueue, type MemoryFault } from "./faults.ts";
import { openMemoryContract } from "./memory-contract.ts";
import type { MemoryTokens } from "./memory-callers.ts";
import type { MemoryApp } from "./seed-apps.ts";

/** What a memory service begins with, and whom it serves. */
export interface MemoryServiceOptions extends MemoryTokens {
  readonly apps: readonly MemoryApp[];
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
   * `RangeError` for a status outside 400 to 599, and `TypeError` for anything else that is not a fault.
   */
  breakNext(fault: MemoryFault): void;
  /** The summary of an app with its version. Throws `GraphError` 404 for an unknown app. */
  current(appId: string): VersionedSummary;
  /** Changes counters as another client would. Throws `GraphError` 400 or 404. */
  change(appId: string, patch: InstallSummaryPatch): void;
}

/**
 * Makes the contract in memory, for tests of front ends: it serves a client, and breaks as networks and gateways do.
 * It needs no network, port or file and runs wherever `fetch` does. It serves the pairs of all features. Throws
 * `GraphError` 400 for an id or a counter that no app can have, and `RangeError` for a version or page size that is not a
 * whole number.
 *
 * ```ts
 * const service = createMemoryService({ apps: [{ id: appId, installSummary: { failedDeviceCount: 3 } }] });
 * const client = createInstallSummaryClient({ baseUrl: "https://test.example/beta", token: () => "any", fetch: service.fetch });
 *
 * service.breakNext({ when: "after", how: "drop", method: "PATCH" }); // the change is made, its response is lost
 * await client.update(appId, { failedDeviceCount: 0 });
 * ```
 */
export function createMemoryService(options: MemoryServiceOptions): MemoryService {
  const where = "options of createMemoryService";
  requireNames(where, options, ["apps", "pageSize", "token", "readerToken"]);
  const { apps, pageSize = 1000, ...tokens } = options;
  if (!Array.isArray(apps)) throw notFit(`apps in ${where}`, apps, "a list");
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new RangeError(`pageSize is a whole number from 1; got ${pageSize}.`);
  }
  const contract = openMemoryContract(apps, { pageSize, ...tokens });
  const faults = openFaultQueue();
  // Aborted by a reset, which ends every request that is under way.
  let lifetime = new AbortController();
  let lastTurn: Promise<unknown> = Promise.resolve();
  let nextResponse = Promise.withResolvers<void>();

  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const end = lifetime.signal;
      const fault = faults.take(request.method);
      return untilAborted(() => carryOut(request, fault, end), AbortSignal.any([request.signal, end]));
    },
    reset() {
      contract.reset();
      faults.clear();
      lifetime.abort(connectionDropped());
      lifetime = new AbortController();
    },
    breakNext: (fault) => faults.add(fault),
    current(appId) {
      const { summary, version } = contract.find(appId);
      return frozenCopy({ summary, version });
    },
    change(appId, patch) {
      const current = contract.find(appId);
      const decision = decidePatch(current, parsePatch(patch));
      if (decision.kind !== "changed") return;
      const by = { actor: "another client", clientRequestId: undefined };
      contract.save(changeSummary(current, decision.summary, by));
    },
  };

  async function carryOut(
    request: Request,
    fault: MemoryFault | undefined,
    end: AbortSignal,
  ): Promise<Response> {
    // Read at once, since a change that is late takes effect even where its sender no longer waits.
    const body = request.arrayBuffer();
    const effect = (): Promise<Response> =>
      inTurn(async () => {
        const bytes = await body;
        end.throwIfAborted();
        return contract.respond(request, bytes);
      });
    const done = fault?.when === "before" ? undefined : await effect();
    if (fault?.how === "hang") return new Promise(() => {});
    if (fault?.how === "late") {
      await nextResponse.promise;
      return done ?? effect();
    }
    nextResponse.resolve();
    nextResponse = Promise.withResolvers();
    if (fault?.how === "drop") throw connectionDropped();
    return fault === undefined ? (done ?? effect()) : contract.respondFault(request, fault.how);
  }

  /** Requests take effect one after the other, in the order in which they were sent. */
  function inTurn<Value>(act: () => Promise<Value>): Promise<Value> {
    const turn = lastTurn.then(act);
    lastTurn = turn.catch(() => undefined);
    return turn;
  }
}
