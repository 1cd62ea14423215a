import { totalmem } from "node:os";
import { startPostgres, whyNoPostgres } from "@tooling/postgres";
import type { Case, FutureTarget, Target } from "../judging/measurement.ts";
import { fillDatabase } from "../store/fill-database.ts";
import type { FilledStore } from "../store/fill-store.ts";
import { measureWork, type Work } from "../store/measure-work.ts";
import { committing, following, listing, reading } from "../store/works.ts";

/** How large the stores are, from the small one on which the ratios are to the largest. */
export type GrowthSizes = readonly { readonly apps: number; readonly changes: number }[];

/** What a suite measures in PostgreSQL. It ends with the suite. */
export interface PostgresGrowth extends AsyncDisposable {
  readonly cases: readonly Case[];
  readonly targets: readonly Target[];
  readonly future: readonly FutureTarget[];
}

/** What is done in each store, and how much longer than in the small one it may take. The figures are those of SQLite. */
const works: readonly {
  readonly name: string;
  readonly work: (store: FilledStore) => Work;
  readonly goal: number;
  readonly floor: number;
}[] = [
  { name: "point read", work: reading, goal: 3, floor: 4 },
  { name: "page of 100", work: listing, goal: 1.6, floor: 2 },
  { name: "100 changes of the feed", work: following, goal: 1.6, floor: 2 },
  { name: "commit of 1", work: (store) => committing(store, 1), goal: 1.5, floor: 2 },
  { name: "commit of 32", work: (store) => committing(store, 32), goal: 4, floor: 5 },
];

/** The store without HTTP in databases of several sizes: what most of it costs is the server's, so it is judged by its time. */
export async function openPostgresGrowth(sizes: GrowthSizes, milliseconds: number): Promise<PostgresGrowth> {
  const missing = whyNoPostgres();
  if (missing !== undefined) {
    const future = works.map(({ name }) => ({ target: `growth in PostgreSQL, ${name}`, needs: missing }));
    return { cases: [], targets: [], future, async [Symbol.asyncDispose]() {} };
  }
  await using opened = new AsyncDisposableStack();
  // A quarter of the memory, as PostgreSQL's documentation begins: each change of the feed reads the name of its app.
  const shared_buffers = `${Math.round(totalmem() / 4 / 2 ** 20)}MB`;
  const server = opened.use(await startPostgres({ settings: { shared_buffers, max_wal_size: "4GB" } }));
  const stores: { readonly variant: string; readonly filled: FilledStore }[] = [];
  for (const { apps, changes } of sizes) {
    const database = await server.createDatabase();
    const query = (text: string) => server.query(text, [], database);
    const filled = await fillDatabase({ url: server.url(database), query }, { apps, changes });
    opened.defer(() => filled.close());
    stores.push({ variant: `${apps} apps, ${changes} changes`, filled });
  }
  const [small, ...larger] = stores.map(({ variant }) => variant);
  const closing = opened.move();
  return {
    cases: works.map(({ name, work }) => ({
      case: `PostgreSQL, ${name}`,
      variants: stores.map(({ variant, filled }) => ({
        variant,
        role: "ours",
        warmUp: () => measureWork(work(filled), 5 * milliseconds),
        measure: () => measureWork(work(filled), milliseconds),
      })),
    })),
    targets: works.flatMap(({ name, goal, floor }) =>
      larger.map((ours): Target => ({
        target: `growth in PostgreSQL to ${ours}: ${name}`,
        case: `PostgreSQL, ${name}`,
        metric: "p50Us",
        ours,
        over: small ?? "",
        wanted: "at most",
        goal,
        floor,
      })),
    ),
    future: [],
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
