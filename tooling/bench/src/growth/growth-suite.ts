import { developmentTenantId } from "@install-summary/facade";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequests } from "../http/requests.ts";
import type { Case, Sample, Suite, SuiteOptions, Variant } from "../judging/measurement.ts";
import { measureLoad, startLoad, type LoadGenerator, type LoadRequest } from "../processes/load-generator.ts";
import { startFacade, type FacadeServer } from "../processes/servers.ts";
import { fillStore } from "../store/fill-store.ts";
import { createFilterCases, filterTargets } from "./filter-cases.ts";
import { openPostgresGrowth } from "./postgres-growth.ts";

/** A facade with its size. */
interface Sized {
  readonly apps: number;
  readonly facade: FacadeServer;
}

/** The same requests to a small store and to a large one, and what searches leave to others. */
export async function openGrowthSuite({ isFull, isShort }: SuiteOptions): Promise<Suite> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "install-summary-bench-"));
  opened.defer(() => rm(folder, { recursive: true }));
  const load = opened.adopt(startLoad(), (one) => one.close());
  const searches = opened.adopt(startLoad(), (one) => one.close());
  const sizes = isShort ? [200, 500] : isFull ? [1000, 100_000, 1_000_000] : [1000, 100_000];
  const facades: Sized[] = [];
  for (const apps of sizes) {
    const data = join(folder, `facade-${apps}`);
    await mkdir(data, { mode: 0o700 });
    const file = join(data, "install-summary.db");
    const filled = await fillStore(file, { apps, changes: apps, tenantId: developmentTenantId });
    await filled.close();
    const facade = opened.adopt(await startFacade(data), (one) => one.close());
    facades.push({ apps, facade });
  }

  type Name = "get" | "patch" | "list";
  function variantOf({ apps, facade }: Sized, name: Name, connections: number): Variant {
    const request: LoadRequest = createRequests(facade.token, apps)[name];
    const time = isShort
      ? { connections, lead: 0, milliseconds: 40 }
      : { connections, lead: 200, milliseconds: name === "patch" ? 600 : 400 };
    const warm = { connections, lead: 0, milliseconds: isShort ? 40 : 2000 };
    return {
      variant: `${apps} apps`,
      role: "ours",
      warmUp: () => measureLoad(load, facade, request, warm),
      measure: () => measureLoad(load, facade, request, time),
    };
  }
  const caseOf = (title: string, name: Name, connections: number): Case => ({
    case: title,
    connections,
    variants: facades.map((sized) => variantOf(sized, name, connections)),
  });

  const postgres = opened.use(
    await openPostgresGrowth(
      sizes.flatMap((apps) => [
        { apps, changes: apps },
        // A log that is ten times as long as its apps are many.
        ...(apps === 1_000_000 ? [{ apps, changes: 10 * apps }] : []),
      ]),
      isShort ? 40 : 400,
    ),
  );
  const searched = facades.find(({ apps }) => apps === 100_000) ?? facades.at(-1);
  const largest = sizes.at(-1) ?? 0;
  const growth = {
    metric: "cpuUs",
    ours: `${largest} apps`,
    over: `${sizes[0] ?? 0} apps`,
    wanted: "at most",
    goal: 1.15,
    floor: 1.4,
  } as const;
  const closing = opened.move();
  return {
    rounds: 10,
    cases: [
      caseOf("GET, 32", "get", 32),
      caseOf("list, 8", "list", 8),
      ...(searched === undefined ? [] : [searchCase(searched, load, searches, isShort ? 40 : 1500)]),
      ...(searched === undefined ? [] : createFilterCases({ ...searched, load, filters: searches, isShort })),
      caseOf("PATCH, 32", "patch", 32),
      ...postgres.cases,
    ],
    targets: [
      { target: `growth to ${largest} apps, GET`, case: "GET, 32", ...growth },
      { target: `growth to ${largest} apps, PATCH`, case: "PATCH, 32", ...growth },
      {
        target: `/livez while 20 searches run over ${searched?.apps ?? 0} apps, longest, over 100 ms`,
        case: "livez beside 20 searches",
        metric: "maxUs",
        ours: "facade",
        over: 100_000,
        wanted: "at most",
        goal: 1,
        floor: 1,
      },
      ...filterTargets,
      ...postgres.targets,
    ],
    future: postgres.future,
    close: () => closing.disposeAsync(),
  };
}

/** One client asks whether the facade is alive, while twenty search. */
function searchCase(
  { apps, facade }: Sized,
  load: LoadGenerator,
  searches: LoadGenerator,
  milliseconds: number,
): Case {
  const { live, search } = createRequests(facade.token, apps);
  const measure = async (): Promise<Sample> => {
    const port = facade.port;
    const searching = searches.run({ ...search, port, connections: 20, milliseconds });
    const sample = await measureLoad(load, facade, live, { connections: 1, lead: 0, milliseconds });
    const { bad, firstBad } = await searching;
    if (firstBad !== undefined) process.stderr.write(`a wrong response to a search: ${firstBad}\n`);
    // The processor's time went to the searches.
    const { cpuUs: _, ...rest } = sample;
    return { ...rest, bad: rest.bad + bad };
  };
  return { case: "livez beside 20 searches", variants: [{ variant: "facade", role: "ours", measure }] };
}
