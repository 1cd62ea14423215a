import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createInstallSummaryClient } from "../src/client/index.ts";
import { createMemoryService } from "../src/contract/index.ts";
import { failure } from "./open-client.ts";
import { appId } from "./samples.ts";

// A server of another origin allows what the README lists, so the README lists what is sent.

test("the README lists the request headers that a server must allow to a page", async () => {
  const sent = new Set<string>();
  const service = createMemoryService({ apps: [{ id: appId }] });
  const client = createInstallSummaryClient({
    baseUrl: "https://test.example/beta",
    token: () => "any",
    fetch: (input, init) => {
      if (input instanceof Request) for (const [name] of input.headers) sent.add(name);
      return service.fetch(input, init);
    },
  });
  await client.get(appId);
  await client.getApp(appId);
  await drain(client.list({ search: "x", top: 1 }));
  const { etag = "" } = await client.update(appId, { failedDeviceCount: 1 }, { origin: "command" });
  await client.update(appId, { failedDeviceCount: 2 }, { dryRun: true, ifMatch: etag });
  await client.sendOnce(appId, { failedDeviceCount: 3 }, { origin: "undo", clientRequestId: "one" });
  await client.edit(appId, () => ({ failedDeviceCount: { add: 1 } }), { origin: "editor" });
  // The service in memory has no change log.
  const following = drain(client.changes({ follow: true }));
  expect(await failure(following)).toMatchObject({ name: "GraphError" });
  sent.delete("accept"); // every page may send it

  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const [, list = ""] = /with the request headers (.*?), beside/s.exec(readme) ?? [];
  const listed = [...list.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name.toLowerCase());
  expect(listed.toSorted()).toEqual([...sent].toSorted());
});

async function drain(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const one of iterable) void one;
}
