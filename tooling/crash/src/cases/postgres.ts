import { startPostgres, whyNoPostgres, type PostgresServer } from "@tooling/postgres";
import { openSite, type Site } from "../site/site.ts";
import { anyBetween, describeHistory, type Case } from "./case.ts";
import { until } from "./until.ts";

/** What is killed, one round after the other. */
const kills: readonly ((site: Site, server: PostgresServer) => Promise<void>)[] = [
  async (site) => {
    await site.facade().end("SIGKILL");
    await site.start();
  },
  async (_site, server) => {
    await server.stop("SIGKILL");
    await startAgain(server);
  },
  async (site, server) => {
    await Promise.all([site.facade().end("SIGKILL"), server.stop("SIGKILL")]);
    await startAgain(server);
    await site.start();
  },
  // The server ends all of its sessions then, and recovers by itself.
  async (_site, server) => {
    process.kill(await anySession(server), "SIGKILL");
  },
];

/** The facade and its database are killed in the midst of commits, each by itself and both at once. */
export const postgres: Case = {
  name: "postgres",
  promise:
    "with a store in PostgreSQL every acknowledged change outlives a kill of the facade, of the database and of both",
  rounds: { short: kills.length, long: 200 },
  missing: whyNoPostgres,
  async run(rounds) {
    await using server = await startPostgres();
    await using site = await openSite({ env: { INSTALL_SUMMARY_STORE: server.url() } });
    await site.start();
    const load = await site.load();
    for (let round = 0; round < rounds; round += 1) {
      await load.acknowledged(anyBetween(20, 200));
      await kills[round % kills.length]?.(site, server);
    }
    await load.acknowledged(100);
    const history = await load.stop();
    return { faults: await site.judge(history), told: `${rounds} kills; ${describeHistory(history)}` };
  },
};

/** What a killed server has started may hold its memory for a moment. */
async function startAgain(server: PostgresServer): Promise<void> {
  await until("the database starts again", () =>
    server.start().then(
      () => true,
      () => false,
    ),
  );
}

/** The process of any session of the facade. */
async function anySession(server: PostgresServer): Promise<number> {
  let found: unknown;
  await until("the facade has a session", async () => {
    const rows = await server.query(
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'install-summary' ORDER BY random() LIMIT 1",
    );
    found = rows[0]?.["pid"];
    return typeof found === "number";
  });
  return Number(found);
}
