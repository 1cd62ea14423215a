import { AccessError, LimitError, type Exchange } from "@install-summary/core/service";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ServerLoad } from "../server/start-server.ts";
import { findStatus } from "../files/look.ts";
import { logBytes } from "../store/sqlite/check-whole.ts";

/** What counts the work of a facade. */
export interface FacadeMetrics {
  /** The media type of what `read` returns. */
  readonly contentType: string;
  /** Counts a response, and those of the requests in a batch, that took so many milliseconds. */
  readonly noteResponse: (
    exchange: Pick<Exchange, "resource" | "error" | "items">,
    status: number,
    ms: number,
  ) => void;
  /** Counts a request or a connection that the server refused before the app saw it. */
  readonly noteRefusal: (reason: string) => void;
  /** Counts a commit of so many writes, if any, that took so many milliseconds. */
  readonly noteCommit: (writes: number, ms: number) => void;
  /** All numbers in the text format of Prometheus. */
  read(load: ServerLoad): Promise<string>;
}

const latencyBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const sizeBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Makes the metrics of a facade, with those of the process and its event loop, and the size of a store in a file. */
export function createMetrics(file: string | undefined): FacadeMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const responses = new Histogram({
    name: "install_summary_response_seconds",
    help: "Time until a response was made, by what was asked for and the class of its status",
    labelNames: ["route", "status"],
    buckets: latencyBuckets,
    registers,
  });
  const refusedTokens = new Counter({
    name: "install_summary_refused_tokens_total",
    help: "Requests that were refused for their token or its permissions, by reason",
    labelNames: ["reason"],
    registers,
  });
  const refusedRequests = new Counter({
    name: "install_summary_refused_requests_total",
    help: "Requests and connections that were refused for a limit or before they were read, by the limit or the code of the error",
    labelNames: ["reason"],
    registers,
  });
  const groupSizes = new Histogram({
    name: "install_summary_commit_writes",
    help: "Writes that shared one commit",
    buckets: sizeBuckets,
    registers,
  });
  const commitTimes = new Histogram({
    name: "install_summary_commit_seconds",
    help: "Time of a commit, from the beginning of its transaction until it is on the disk",
    buckets: latencyBuckets,
    registers,
  });
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `install_summary_${name}`, help, registers });
  const connections = gauge("open_connections", "Connections that are open");
  const exchanges = gauge("open_exchanges", "Requests whose response is not sent to its end");
  const measureStore = file === undefined ? undefined : createStoreSizes(file, gauge);

  // Looking labels up costs more than counting.
  const byRoute = new Map<string, Histogram.Internal<"route" | "status">[]>();
  const labelled = (route: string, statusClass: number): Histogram.Internal<"route" | "status"> => {
    const classes = byRoute.get(route) ?? [];
    byRoute.set(route, classes);
    return (classes[statusClass] ??= responses.labels(route, `${statusClass}xx`));
  };

  const noteResponse: FacadeMetrics["noteResponse"] = (
    { resource = "other", error, items = [] },
    status,
    ms,
  ) => {
    labelled(resource, Math.floor(status / 100)).observe(ms / 1000);
    if (error instanceof AccessError) refusedTokens.inc({ reason: error.fault });
    if (error instanceof LimitError) refusedRequests.inc({ reason: error.limit });
    else if (status === 413) refusedRequests.inc({ reason: "RequestEntityTooLarge" });
    for (const item of items) noteResponse(item.exchange, item.status, item.ms);
  };

  return {
    contentType: registry.contentType,
    noteResponse,
    noteRefusal: (reason) => refusedRequests.inc({ reason }),
    noteCommit(writes, ms) {
      // Of a change that was refused, or whose values were there already, nothing is committed.
      if (writes === 0) return;
      groupSizes.observe(writes);
      commitTimes.observe(ms / 1000);
    },
    read(load) {
      connections.set(load.connections);
      exchanges.set(load.exchanges);
      measureStore?.();
      return registry.metrics();
    },
  };
}

/** Makes the gauges of a store in a file, and returns what sets them. */
function createStoreSizes(file: string, gauge: (name: string, help: string) => Gauge): () => void {
  const storeSize = gauge("store_bytes", "Size of the store's file");
  const logSize = gauge("store_log_bytes", "Size of the store's write-ahead log");
  return () => {
    storeSize.set(sizeOf(file));
    logSize.set(logBytes(file));
  };
}

function sizeOf(file: string): number {
  return findStatus(file)?.size ?? 0;
}
