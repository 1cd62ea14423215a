import { contractPaths } from "@install-summary/core/service";
import { apiPaths } from "./api/api-paths.ts";
import { pagePaths } from "./http/page-paths.ts";
import type { Log } from "./log/log.ts";
import type { Tracing } from "./tracing/create-tracing.ts";

/** Where every copy of OpenTelemetry's API, version 1, finds what an SDK has registered. */
const registry = Symbol.for("opentelemetry.js.api.1");

/** Makes the spans of a facade where an SDK of OpenTelemetry was preloaded. Only then the API is loaded. */
export async function openTracing(log: Pick<Log, "warn">): Promise<Tracing | undefined> {
  if (!(registry in globalThis)) return undefined;
  const { createTracing } = await import("./tracing/create-tracing.ts");
  const served = Object.entries({ ...contractPaths, ...apiPaths, ...pagePaths });
  const routes = new Map(served.map(([name, { template }]) => [name, template]));
  return createTracing(routes, (err) =>
    log.warn({ err }, "the SDK of OpenTelemetry failed; requests are served without their spans"),
  );
}
