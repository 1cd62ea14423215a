import { expect, test } from "vitest";
import { clientOf, failure } from "./open-client.ts";
import { appId } from "./samples.ts";
import { serveSummary } from "./serve-summary.ts";

const addOne = () => ({ installedDeviceCount: { add: 1 } });
const options = { clientRequestId: "session-1" };

test("of edits with one id at once the first one is made, and the others are refused before anything is sent", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const client = clientOf(server);
  const first = client.edit(appId, addOne, options);
  expect(await failure(client.edit(appId.toUpperCase(), addOne, options))).toMatchObject({
    name: "TypeError",
    message:
      "clientRequestId of edit is session-1, and another edit of this app with it is not done yet. Give each change an id of its own, or leave it out.",
  });
  await first;
  const patches = server.requests.filter(({ method }) => method === "PATCH");
  expect(patches.map(({ body }) => body)).toEqual(['{"installedDeviceCount":5}']);
});

test("an id can be given again once its edit is done, however it ended", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const client = clientOf(server);
  const broken = client.edit(
    appId,
    () => {
      throw new Error("not now");
    },
    options,
  );
  expect(await failure(broken)).toMatchObject({ message: "not now" });
  await client.edit(appId, addOne, options);
  const { summary } = await client.edit(appId, addOne, options);
  expect(summary.installedDeviceCount).toBe(6);
});

test("edits without an id are made at once", async () => {
  const server = await serveSummary(({ proceed }) => proceed());
  const client = clientOf(server);
  const made = await Promise.all([1, 2, 3].map(() => client.edit(appId, addOne)));
  expect(new Set(made.map(({ summary }) => summary.installedDeviceCount))).toEqual(new Set([5, 6, 7]));
});
