import { openAsBlob } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createRequests } from "../http/requests.ts";
import type { Case, Sample, Target } from "../judging/measurement.ts";
import { measureLoad, type LoadGenerator } from "../processes/load-generator.ts";
import { startFacade, type FacadeServer } from "../processes/servers.ts";

/** What is imported over HTTP, and what asks meanwhile. */
export interface LivezOptions {
  readonly folder: string;
  readonly report: string;
  readonly rows: number;
  readonly load: LoadGenerator;
  /** How long one look at the responses takes; there are as many looks as the import takes. */
  readonly milliseconds: number;
}

const name = "livez beside an import over HTTP";

/** One client asks whether the facade is alive, from the beginning of an import of new apps to its end. */
export function livezCase({ folder, report, rows, load, milliseconds }: LivezOptions): Case {
  const measure = async (): Promise<Sample> => {
    const data = await mkdtemp(join(folder, "livez-"));
    const facade = await startFacade(data);
    try {
      const { live } = createRequests(facade.token, rows);
      const done = new AbortController();
      const importing = importOver(facade, report).finally(() => done.abort());
      const looks: Sample[] = [];
      while (!done.signal.aborted)
        looks.push(await measureLoad(load, facade, live, { connections: 1, lead: 0, milliseconds }));
      const created = await importing;
      const sum = (key: "bad" | "rate"): number => looks.reduce((all, look) => all + (look[key] ?? 0), 0);
      return {
        rate: sum("rate") / looks.length,
        maxUs: Math.max(...looks.map(({ maxUs = 0 }) => maxUs)),
        bad: sum("bad") + rows - created,
      };
    } finally {
      await facade.close();
      await rm(data, { recursive: true });
    }
  };
  return {
    case: name,
    variants: [{ variant: "facade", role: "ours", warmUp: async () => undefined, measure }],
  };
}

/** Of the longest response. */
export function livezTarget(rows: number): Target {
  return {
    target: `/livez while ${rows} rows are imported over HTTP, longest, over 100 ms`,
    case: name,
    metric: "maxUs",
    ours: "facade",
    over: 100_000,
    wanted: "at most",
    goal: 1,
    floor: 1,
  };
}

/** Imports a report over HTTP, and gives how many apps were created. */
async function importOver({ port, token }: FacadeServer, report: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/imports`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
    body: await openAsBlob(report),
  });
  const text = await response.text();
  const [, created] = /"created":(\d+)/.exec(text) ?? [];
  if (response.status !== 200 || created === undefined) throw new Error(`the import ended with ${text}`);
  return Number(created);
}
