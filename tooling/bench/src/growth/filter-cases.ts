import { createRequests } from "../http/requests.ts";
import type { Case, Target, Variant } from "../judging/measurement.ts";
import { measureLoad, type LoadGenerator, type LoadRequest } from "../processes/load-generator.ts";
import type { FacadeServer } from "../processes/servers.ts";

/** What filters are measured on: a large store, and a load generator for each of the two sides. */
export interface FilterBench {
  readonly facade: FacadeServer;
  readonly apps: number;
  readonly load: LoadGenerator;
  readonly filters: LoadGenerator;
  readonly isShort: boolean;
}

/** Filters by an index and by a scan, alone and beside GETs. */
export function createFilterCases({ facade, apps, load, filters, isShort }: FilterBench): readonly Case[] {
  const { get, filterById, filterByName, filterByScan, orderByCounter } = createRequests(facade.token, apps);
  const milliseconds = isShort ? 40 : 800;
  const alone = (variant: string, request: LoadRequest, connections: number): Variant => ({
    variant,
    role: "ours",
    measure: () => measureLoad(load, facade, request, { connections, lead: isShort ? 0 : 100, milliseconds }),
  });
  const beside = (variant: string, request: LoadRequest): Variant => ({
    variant,
    role: "ours",
    async measure() {
      const filtering = filters.run({ ...request, port: facade.port, connections: 1, milliseconds });
      const sample = await measureLoad(load, facade, get, { connections: 8, lead: 0, milliseconds });
      const { bad, firstBad } = await filtering;
      if (firstBad !== undefined) process.stderr.write(`a wrong response to a filter: ${firstBad}\n`);
      // The processor's time went to both.
      const { cpuUs: _, ...rest } = sample;
      return { ...rest, bad: rest.bad + bad };
    },
  });
  return [
    {
      case: "filters",
      variants: [
        alone("GET of one summary", get, 1),
        alone("by id", filterById, 1),
        alone("by name", filterByName, 1),
        alone("by a scan", filterByScan, 1),
        alone("an order by a counter", orderByCounter, 1),
      ],
    },
    {
      case: besideFilters,
      connections: 8,
      variants: [
        alone("alone", get, 8),
        beside("beside filters by id", filterById),
        beside("beside filters by a scan", filterByScan),
      ],
    },
  ];
}

const besideFilters = "GET beside filters";

/** How much GETs may wait for filters. */
export const filterTargets: readonly Target[] = ["by id", "by a scan"].map((kind) => ({
  target: `GET beside filters ${kind}, p99 over GET alone`,
  case: besideFilters,
  metric: "p99Us",
  ours: `beside filters ${kind}`,
  over: "alone",
  wanted: "at most",
  goal: 2,
  floor: 3,
}));
