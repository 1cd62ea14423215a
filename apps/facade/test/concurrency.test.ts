import { createInstallSummaryClient } from "@install-summary/core/client";
import { isGraphError } from "@install-summary/core";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { summary, useFacade } from "./facades.ts";
import { appId } from "./samples.ts";
import { expectWholeLog, readLog, temporaryFolder } from "./stores.ts";

test("no increment is lost when many writers guard theirs and try again", async () => {
  const writers = 8;
  const increments = 25;
  const data = temporaryFolder();
  const facade = await useFacade({ settings: { data } });
  await facade.patch({ failedDeviceCount: 0 });
  const token = await facade.issueToken();
  const client = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
  const increment = async (): Promise<void> => {
    const { summary: current, etag } = await client.get(appId);
    try {
      await client.update(appId, { failedDeviceCount: current.failedDeviceCount + 1 }, { ifMatch: etag });
    } catch (error) {
      if (!isGraphError(error, "PreconditionFailed")) throw error;
      await increment();
    }
  };
  const write = async (): Promise<void> => {
    for (let count = 0; count < increments; count += 1) await increment();
  };
  await Promise.all(Array.from({ length: writers }, write));
  expect((await client.get(appId)).summary.failedDeviceCount).toBe(writers * increments);

  await facade.close();
  const file = join(data, "install-summary.db");
  await expectWholeLog(file, developmentTenantId);
  const changes = readLog(file, developmentTenantId).filter((change) => change.appId === appId);
  expect(changes).toHaveLength(writers * increments + 2);
});

test("a change is recorded with who made it, through what, and by which request", async () => {
  const data = temporaryFolder();
  const facade = await useFacade({ settings: { data } });
  const token = await facade.issueToken({ user: "ada@contoso.com" });
  const requests = [];
  for (const [count, origin] of ["editor", "command", "undo", "cron"].entries()) {
    const response = await facade.patch(
      { failedDeviceCount: 100 + count },
      { token, headers: { "install-summary-origin": origin } },
    );
    requests.push(response.headers.get("request-id"));
  }
  expect((await facade.get(summary)).headers.get("etag")).toBe('W/"5"');
  await facade.close();
  const changes = readLog(join(data, "install-summary.db"), developmentTenantId).slice(-4);
  expect(changes.map(({ actor, origin, requestId }) => [actor, origin, requestId])).toEqual([
    ["ada@contoso.com", "editor", requests[0]],
    ["ada@contoso.com", "command", requests[1]],
    ["ada@contoso.com", "undo", requests[2]],
    ["ada@contoso.com", "api", requests[3]],
  ]);
});
