import { contractPaths } from "@install-summary/core/service";
import { apiPaths } from "./api/api-paths.ts";
import { pagePaths } from "./http/page-paths.ts";
import type { Tracing } from "./tracing/create-tracing.ts";

/** Makes the spans of a facade where an SDK of OpenTelemetry was preloaded; undefined without one. */
export async function openTracing(): Promise<Tracing | undefined> {
  const { createTracing } = await import("./tracing/create-tracing.ts");
  const served = Object.entries({ ...contractPaths, ...apiPaths, ...pagePaths });
  return createTracing(new Map(served.map(([name, { template }]) => [name, template])));
}
