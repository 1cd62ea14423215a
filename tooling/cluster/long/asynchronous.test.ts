import { checkHistory, readEnd, startLoad, type SentChange } from "@tooling/crash";
import { startPostgres, whyNoPostgres } from "@tooling/postgres";
import { expect, test } from "vitest";
import { startFacades } from "../src/facades/start-facades.ts";
import { failOver } from "../src/failover/fail-over.ts";
import { freeze, kill, switchOver, type Fault } from "../src/failover/faults.ts";
import { startCluster } from "../src/postgres/start-cluster.ts";
import { startStandby } from "../src/postgres/start-standby.ts";
import { whyNoCluster, whyNoProcesses } from "../src/processes/programs.ts";

const noStandby = whyNoPostgres() ?? whyNoProcesses();
const noCluster = whyNoCluster();

test("an asynchronous standby that is promoted lacks what it did not get, and the versions of that come again", async ({
  skip,
}) => {
  skip(noStandby !== undefined, noStandby);
  await using primary = await startPostgres();
  await using standby = await startStandby(primary);
  await using facades = await startFacades({
    count: 1,
    store: standby.urlBehind(primary, await primary.createDatabase()),
  });
  const { origins, token } = facades;
  await using load = await startLoad({ targets: () => origins, token, timeout: 30_000, workers });
  await load.acknowledged(200);
  standby.link.cut();
  const cut = performance.now();
  await load.acknowledged(500);
  const killed = performance.now();
  await primary.stop("SIGKILL");
  await standby.promote();
  await load.acknowledged(500);
  const history = await load.stop();
  const lost = checkHistory(history, await readEnd({ origin: origins[0] ?? "", token })).filter(
    ({ rule }) => rule === "lost",
  );
  const acknowledged = history.changes.filter(({ outcome }) => outcome === "acknowledged");
  const late = acknowledged.filter(({ start, end }) => start > cut && end < killed);
  const after = acknowledged.filter(({ start }) => start > killed);
  const again = late.filter((one) => after.some((other) => isSameVersion(one, other)));
  process.stdout.write(
    `asynchronous, link cut: ${lost.length} acknowledged changes lost, the versions of ${again.length} came again\n`,
  );
  expect(late.length).toBeGreaterThan(400);
  expect(lost.length).toBeGreaterThanOrEqual(late.length);
  expect(again.length).toBeGreaterThan(0);
});

test("asynchronous nodes lose nothing when they are switched over, and at most the last changes when the primary fails", async ({
  skip,
}) => {
  skip(noCluster !== undefined, noCluster);
  await using cluster = await startCluster({ isSynchronous: false });
  const lostBy = async (fault: Fault): Promise<number> => {
    await using facades = await startFacades({
      count: 1,
      store: cluster.urls.haproxy(await cluster.createDatabase()),
    });
    const { origins, token } = facades;
    await using load = await startLoad({ targets: () => origins, token, timeout: 30_000, workers });
    const seconds = (await failOver(cluster, load, fault)) / 1000;
    const history = await load.stop();
    const found = checkHistory(history, await readEnd({ origin: origins[0] ?? "", token }));
    const lost = found.filter(({ rule }) => rule === "lost").length;
    process.stdout.write(
      `asynchronous, primary ${fault.name}: ${lost} acknowledged changes lost, ${seconds.toFixed(1)} s without a change\n`,
    );
    return lost;
  };
  await lostBy(kill);
  await lostBy(freeze);
  expect(await lostBy(switchOver)).toBe(0);
});

/** Whether two responses gave the same version to two changes. */
function isSameVersion(one: SentChange, other: SentChange): boolean {
  return one.appId === other.appId && one.version !== undefined && one.version === other.version;
}

/** Readers of the log get a gap where changes are lost, so this load has none. */
const workers = { pages: 0, streams: 0 };
