import type { InstallSummary } from "@install-summary/core";
import { exampleSummary } from "@install-summary/core/contract";
import { hc } from "hono/client";
import { expect, expectTypeOf, test } from "vitest";
import { createApp } from "./server.ts";

test("the typed client patches a summary through both validators, and its types are those of core", async () => {
  const { summary, standard } = openClient();
  const response = await summary.$patch({ json: { failedDeviceCount: 3, installedUserCount: undefined } });
  if (response.status !== 200) throw new Error(await response.text());
  const patched = await response.json();
  expectTypeOf<Readonly<typeof patched>>().toEqualTypeOf<InstallSummary>();
  expect(patched).toEqual({ ...exampleSummary, failedDeviceCount: 3 });
  const second = await standard.summary.$patch({ json: { failedUserCount: 0 } });
  expect(await second.json()).toEqual({ ...exampleSummary, failedDeviceCount: 3, failedUserCount: 0 });
});

test("a misspelt counter and a text do not compile, and are 400 where they are sent all the same", async () => {
  const { summary, standard } = openClient();
  const responses = [
    // @ts-expect-error: it is failedDeviceCount.
    await summary.$patch({ json: { faildDeviceCount: 3 } }),
    // @ts-expect-error: it is failedDeviceCount.
    await standard.summary.$patch({ json: { faildDeviceCount: 3 } }),
    // @ts-expect-error: a counter is a number.
    await summary.$patch({ json: { failedDeviceCount: "3" } }),
    // @ts-expect-error: a counter is a number.
    await standard.summary.$patch({ json: { failedDeviceCount: "3" } }),
  ];
  expect(responses.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});

function openClient() {
  const app = createApp(exampleSummary);
  return hc<typeof app>("http://test.example", { fetch: app.request });
}
