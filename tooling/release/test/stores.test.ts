import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInstallSummaryClient } from "@install-summary/core/client";
import { createFacade } from "@install-summary/facade";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { makeStore } from "../src/make-store.ts";
import { readStore } from "../src/read-store.ts";
import { keptStore, keptVersions } from "../src/stores.ts";
import { temporaryFolder } from "./place.ts";

const folder = await mkdtemp(join(tmpdir(), "install-summary-release-"));
afterAll(() => rm(folder, { recursive: true }));
const made = { store: join(folder, "made.db"), content: join(folder, "made.json") };
await makeStore(made);

test.each([
  ...keptVersions().map((version) => ({ of: version, files: keptStore(version) })),
  { of: "this version", files: made },
])("a store of $of is served with all it holds, and its next changes follow", async ({ files }) => {
  const data = temporaryFolder();
  await copyFile(files.store, join(data, "install-summary.db"));
  const facade = await createFacade({ settings: { data } });
  onTestFinished(() => facade.close());
  const content = JSON.parse(await readFile(files.content, "utf8"));
  const tenants = Object.keys(content);
  expect(tenants).toHaveLength(2);
  expect(await readStore(facade, tenants)).toEqual(content);

  for (const tenant of tenants) {
    const { apps, changes } = content[tenant];
    expect({ apps: apps.length, changes: changes.length }).toEqual({ apps: 8, changes: 32 });
    const token = await facade.issueToken({ tenant });
    const client = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
    // ETags and cursors that callers have kept are still good.
    const [{ id, installSummary }] = apps;
    const ifMatch = installSummary["@odata.etag"];
    const failedDeviceCount = installSummary.failedDeviceCount + 1;
    await client.update(id, { failedDeviceCount }, { ifMatch });
    const next: unknown[] = [];
    for await (const change of client.changes({ after: changes.at(-1).cursor })) next.push(change);
    expect(next).toMatchObject([{ appId: id, after: { failedDeviceCount } }]);
    await expect(client.update(id, { failedDeviceCount: 0 }, { ifMatch })).rejects.toMatchObject({
      status: 412,
    });
  }
});
