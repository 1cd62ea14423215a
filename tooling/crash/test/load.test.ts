import { createFacade } from "@install-summary/facade";
import { expect, onTestFinished, test } from "vitest";
import { checkHistory } from "../src/check/check-history.ts";
import { readEnd } from "../src/check/read-end.ts";
import { startLoad } from "../src/load/start-load.ts";

test("a load that nothing disturbs is acknowledged whole, and keeps every promise", async () => {
  const facade = await createFacade();
  onTestFinished(() => facade.close());
  const token = await facade.issueToken();
  await using load = await startLoad({ targets: () => [facade.url], token });
  await load.acknowledged(600);
  const history = await load.stop();
  expect(checkHistory(history, await readEnd({ origin: facade.url, token }))).toEqual([]);
  // Beside what is acknowledged a load of many writers has changes that came too late for their version.
  expect(new Set(history.changes.map(({ told }) => told))).toEqual(
    new Set(["import: POST 200", "batch: PATCH 200", "PATCH 200", "PATCH 204", "PATCH 412"]),
  );
  expect(history.seen.length).toBeGreaterThan(100);
});

test("what a service loses after it was acknowledged is found", async () => {
  const facade = await createFacade();
  onTestFinished(() => facade.close());
  const token = await facade.issueToken();
  await using load = await startLoad({
    targets: () => [facade.url],
    token,
    // Nothing else reads what is lost then.
    workers: { imports: 0, batches: 0, increments: 0, reads: 0, lists: 0 },
  });
  await load.acknowledged(200);
  const history = await load.stop();
  const { log, summaries } = await readEnd({ origin: facade.url, token });
  const faults = checkHistory(history, { log: log.slice(0, -1), summaries });
  expect(new Set(faults.map(({ rule }) => rule))).toEqual(new Set(["lost", "log", "feed"]));
});
