import type { FacadeMetrics } from "./metrics/create-metrics.ts";
import type { MetricsServer } from "./metrics/serve-metrics.ts";
import type { ServerLoad } from "./server/start-server.ts";
import type { Settings } from "./settings/settings.ts";

/** What counts the work of a facade, and where Prometheus reads it. */
export interface OpenedMetrics extends Pick<FacadeMetrics, "noteResponse" | "noteRefusal" | "noteCommit"> {
  /** Begins to serve `/metrics`. Throws `UserError` where the address cannot be had. */
  serve(load: () => ServerLoad): Promise<MetricsServer>;
}

/** Makes the metrics where they are asked for. Only then what makes them is loaded, which takes a while. */
export async function openMetrics({
  metrics: address,
  store,
}: Pick<Settings, "metrics" | "store">): Promise<OpenedMetrics | undefined> {
  if (address === undefined) return undefined;
  const [{ createMetrics }, { serveMetrics }] = await Promise.all([
    import("./metrics/create-metrics.ts"),
    import("./metrics/serve-metrics.ts"),
  ]);
  const metrics = createMetrics(store.kind === "sqlite" ? store.file : undefined);
  const { noteResponse, noteRefusal, noteCommit, contentType } = metrics;
  return {
    noteResponse,
    noteRefusal,
    noteCommit,
    serve: (load) => serveMetrics({ address, contentType, read: () => metrics.read(load()) }),
  };
}
