import { startPostgres, whyNoPostgres } from "@tooling/postgres";
import { checkHistory, readEnd, startLoad } from "@tooling/crash";
import { expect, test } from "vitest";
import { startFacades } from "../src/facades/start-facades.ts";
import { cutPower } from "../src/postgres/cut-power.ts";
import { startStandby, waitForStandby } from "../src/postgres/start-standby.ts";
import { whyNoProcesses } from "../src/processes/programs.ts";

const missing = whyNoPostgres() ?? whyNoProcesses();

test("two facades go on by themselves when the primary is killed and its standby is promoted, and lose nothing", async ({
  skip,
}) => {
  skip(missing !== undefined, missing);
  await using primary = await startPostgres();
  await using standby = await startStandby(primary);
  await waitForStandby(primary);
  const store = standby.urlBehind(primary, await primary.createDatabase());
  await using facades = await startFacades({ count: 2, store });
  const { origins, token } = facades;
  await using load = await startLoad({ targets: () => origins, token, timeout: 30_000 });
  await load.acknowledged(200);
  await cutPower(primary);
  await standby.promote();
  await load.acknowledged(200);
  const history = await load.stop();
  expect(facades.ended()).toEqual([]);
  expect(checkHistory(history, await readEnd({ origin: origins[0] ?? "", token }))).toEqual([]);
});
