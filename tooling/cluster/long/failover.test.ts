import { checkHistory, readEnd, startLoad } from "@tooling/crash";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startFacades } from "../src/facades/start-facades.ts";
import { failOver } from "../src/failover/fail-over.ts";
import { faults, leaveAlone, type Fault } from "../src/failover/faults.ts";
import { findUnexpected } from "../src/failover/find-unexpected.ts";
import { watchResponses } from "../src/failover/watch-responses.ts";
import { startCluster, type Cluster } from "../src/postgres/start-cluster.ts";
import { whyNoCluster } from "../src/processes/programs.ts";

const missing = whyNoCluster();
const rounds = Number(process.env["ROUNDS"] ?? "2");

let cluster: Cluster;
beforeAll(async () => {
  if (missing === undefined) cluster = await startCluster({ isSynchronous: true });
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

const doors = {
  "several hosts in one URL": async (database: string) => ({ store: cluster.urls.hosts(database) }),
  HAProxy: async (database: string) => ({ store: cluster.urls.haproxy(database) }),
  "PgBouncer and HAProxy": async (database: string) => ({
    store: await cluster.urls.pgbouncer(database),
    env: { INSTALL_SUMMARY_STORE_POOLED: "true" },
  }),
};
const cases = Object.entries(doors).flatMap(([door, open]) => [1, 3].map((count) => ({ door, count, open })));

test.for(cases)(
  "through $door, what $count facades have acknowledged survives a primary that is killed, frozen, cut off or switched over",
  { timeout: 120_000 + rounds * 300_000 },
  async ({ door, count, open }, { skip }) => {
    skip(missing !== undefined, missing);
    await using facades = await startFacades({ count, ...(await open(await cluster.createDatabase())) });
    const { origins, token } = facades;
    await using load = await startLoad({ targets: () => origins, token, timeout: 30_000, workers });
    const watched = watchResponses({ origins, token });
    for (let round = 1; round <= rounds; round += 1) {
      for (const fault of faults) {
        report(door, count, fault, await failOver(cluster, load, fault));
      }
    }
    const history = await load.stop();
    expect(facades.ended()).toEqual([]);
    expect(checkHistory(history, await readEnd({ origin: origins[0] ?? "", token }))).toEqual([]);
    expect(findUnexpected(await watched())).toEqual([]);
    expect([...history.responses.keys()].filter((told) => told.includes("timeout"))).toEqual([]);
  },
);

test("through several hosts in one URL facades leave a primary whose Patroni has died, with the first change that it does not confirm", async ({
  skip,
}) => {
  skip(missing !== undefined, missing);
  const store = cluster.urls.hosts(await cluster.createDatabase());
  await using facades = await startFacades({ count: 3, store });
  const { origins, token } = facades;
  await using load = await startLoad({ targets: () => origins, token, timeout: 30_000, workers });
  report("several hosts in one URL", 3, leaveAlone, await failOver(cluster, load, leaveAlone));
  const history = await load.stop();
  const found = checkHistory(history, await readEnd({ origin: origins[0] ?? "", token }));
  // Until then readers of that facade may see what others have changed since.
  expect(found.filter(({ rule }) => rule !== "order" && rule !== "feed")).toEqual([]);
});

function report(door: string, facades: number, { name }: Fault, pause: number): void {
  const seconds = (pause / 1000).toFixed(1);
  process.stdout.write(`${door}, facades: ${facades}, primary ${name}: ${seconds} s without a change\n`);
}

/** A few, so that the whole log can be compared. */
const workers = {
  patches: 3,
  increments: 2,
  batches: 1,
  imports: 1,
  reads: 1,
  lists: 1,
  pages: 1,
  streams: 1,
};
