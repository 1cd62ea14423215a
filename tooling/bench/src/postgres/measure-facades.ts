import { createRequests } from "../http/requests.ts";
import type { Sample } from "../judging/measurement.ts";
import { measureLoad, type LoadGenerator } from "../processes/load-generator.ts";
import type { FacadeServer } from "../processes/servers.ts";

/** What several facades are put under together. */
export interface FacadesLoad {
  /** How many apps are changed. */
  readonly apps: number;
  /** Shared by all facades. */
  readonly connections: number;
  readonly milliseconds: number;
}

/** Puts several facades under load together. The costs of a change are those of all of them. */
export async function measureFacades(
  facades: readonly FacadeServer[],
  loads: readonly LoadGenerator[],
  { apps, connections, milliseconds }: FacadesLoad,
): Promise<Sample> {
  const samples = await Promise.all(
    facades.map((facade, at) => {
      const load = loads[at];
      if (load === undefined) throw new Error("A facade has no load.");
      return measureLoad(load, facade, createRequests(facade.token, apps).patch, {
        connections: Math.floor(connections / facades.length),
        lead: 0,
        milliseconds,
      });
    }),
  );
  const sum = (valueOf: (sample: Sample) => number): number =>
    samples.reduce((total, sample) => total + valueOf(sample), 0);
  const rate = sum((one) => one.rate ?? 0);
  return {
    rate,
    p50Us: sum((one) => (one.p50Us ?? 0) * (one.rate ?? 0)) / rate,
    p99Us: Math.max(...samples.map((one) => one.p99Us ?? 0)),
    cpuUs: sum((one) => (one.cpuUs ?? 0) * (one.rate ?? 0)) / rate,
    rssBytes: sum((one) => one.rssBytes ?? 0),
    bad: sum((one) => one.bad),
  };
}
