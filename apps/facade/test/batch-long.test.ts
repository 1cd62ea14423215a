import { expect, test } from "vitest";
import { apps, read, useFacade } from "./facades.ts";
import { largeReport } from "./reports.ts";
import { temporaryFolder } from "./stores.ts";
import { openAsBlob } from "node:fs";

// Twenty pages of a thousand apps would be 36 MB, and hold up every other request until they are made.
const url = `${apps}?$expand=installSummary`;
const full = { Accept: "application/json;odata.metadata=full" };

test("a batch of long pages lets other requests have their turn, and leaves pages to another batch once it is long", async () => {
  const facade = await useFacade({ settings: { metrics: "127.0.0.1:0" } });
  const report = await openAsBlob(largeReport(temporaryFolder(), 1000));
  await facade.importReport(report.stream());
  const requests = Array.from({ length: 20 }, (_, index) => ({
    id: `${index}`,
    method: "GET",
    url,
    headers: full,
  }));
  const done = new AbortController();
  const sent = facade
    .call("POST", "/beta/$batch", {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ requests: [...requests.slice(0, 19), { id: "19", method: "GET", url: "/" }] }),
    })
    .finally(() => done.abort());
  let probes = 0;
  for (; !done.signal.aborted; probes += 1) expect((await facade.get("/livez")).status).toBe(200);
  const response = await sent;
  expect(response.status).toBe(200);
  const body = await response.text();
  expect(body.length).toBeLessThan(20 * 1024 * 1024);
  const { responses } = JSON.parse(body);
  const statuses: number[] = responses.map(({ status }: { status: number }) => status);
  const served = statuses.filter((status) => status === 200).length;
  expect(statuses).toEqual([
    ...Array.from({ length: served - 1 }, () => 200),
    ...Array.from({ length: 20 - served }, () => 429),
    // What is short is served all the same.
    200,
  ]);
  expect(served).toBeGreaterThan(5);
  expect(served).toBeLessThan(15);
  const refused = responses[18];
  expect(refused.body.error).toMatchObject({
    code: "TooManyRequests",
    innerError: { code: "throttledRequest" },
  });
  expect(refused.headers).toMatchObject({ "Retry-After": "1" });
  const metrics = await (await fetch(facade.metricsUrl ?? "")).text();
  expect(metrics).toContain(
    `install_summary_refused_requests_total{reason="batchPages"} ${String(20 - served)}\n`,
  );
  expect(probes).toBeGreaterThan(served / 2);
  // The same request in another batch is served.
  const again = await facade.call("POST", "/beta/$batch", {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ requests: requests.slice(18) }),
  });
  expect((await read(again)).responses[0].status).toBe(200);
});
