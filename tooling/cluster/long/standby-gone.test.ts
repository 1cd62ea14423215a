import { checkHistory, readEnd, startLoad } from "@tooling/crash";
import { startPostgres, whyNoPostgres } from "@tooling/postgres";
import { expect, test } from "vitest";
import { startFacades } from "../src/facades/start-facades.ts";
import { startStandby, waitForStandby } from "../src/postgres/start-standby.ts";
import { whyNoProcesses } from "../src/processes/programs.ts";

const missing = whyNoPostgres() ?? whyNoProcesses();

test("while the synchronous standby is gone no change is acknowledged, not even where the wait is cancelled", async ({
  skip,
}) => {
  skip(missing !== undefined, missing);
  await using primary = await startPostgres();
  await using standby = await startStandby(primary);
  await waitForStandby(primary);
  await using facades = await startFacades({
    count: 1,
    store: standby.urlBehind(primary, await primary.createDatabase()),
  });
  const { origins, token } = facades;
  const [origin = ""] = origins;
  await using load = await startLoad({ targets: () => origins, token, timeout: 30_000, workers });
  await load.acknowledged(100);
  standby.link.cut();
  const since = performance.now();
  const begunSince = () => load.history.changes.filter(({ start }) => start > since);
  const waiting = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  for (const end of ["pg_cancel_backend", "pg_terminate_backend"]) {
    await expect.poll(() => primary.query(`SELECT ${waiting}`), patient).not.toEqual([]);
    await primary.query(`SELECT ${end}(pid) ${waiting}`);
  }
  const unconfirmed = () => begunSince().filter(({ told }) => told.includes("504"));
  await expect.poll(unconfirmed, patient).not.toEqual([]);
  const list = `${origin}/beta/deviceAppManagement/mobileApps?$top=1`;
  expect(await fetch(list, { headers: { authorization: `Bearer ${token}` } })).toMatchObject({ status: 200 });
  expect(begunSince().filter(({ outcome }) => outcome === "acknowledged")).toEqual([]);
  standby.link.mend();
  await load.acknowledged(100);
  const history = await load.stop();
  expect(checkHistory(history, await readEnd({ origin, token }))).toEqual([]);
});

const patient = { timeout: 60_000 };

const workers = {
  patches: 2,
  increments: 1,
  batches: 0,
  imports: 0,
  reads: 1,
  lists: 1,
  pages: 1,
  streams: 1,
};
