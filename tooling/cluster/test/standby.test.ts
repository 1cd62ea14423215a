import { whyNoPostgres, startPostgres } from "@tooling/postgres";
import { expect, test } from "vitest";
import { startStandby, waitForStandby } from "../src/postgres/start-standby.ts";
import { whyNoProcesses } from "../src/processes/programs.ts";

const missing = whyNoPostgres() ?? whyNoProcesses();

test("a commit waits for the synchronous standby, which becomes the primary with all that was committed", async ({
  skip,
}) => {
  skip(missing !== undefined, missing);
  await using primary = await startPostgres();
  await using standby = await startStandby(primary);
  await waitForStandby(primary);
  await primary.query("CREATE TABLE told (what text)");
  standby.link.cut();
  const waiting = primary.query("INSERT INTO told VALUES ('late')");
  const isWaiting = "SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  await expect.poll(() => primary.query(isWaiting)).toHaveLength(1);
  standby.link.mend();
  await waiting;
  await primary.stop("SIGKILL");
  await standby.promote();
  expect(await standby.query("SELECT what FROM told")).toEqual([{ what: "late" }]);
  await standby.query("INSERT INTO told VALUES ('after')");
});
