import {
  type AppPage,
  createGraphHandler,
  inputOf,
  openExchange,
  openMemoryStore,
  type Store,
} from "@install-summary/core/service";
import { expect, test } from "vitest";
import { createLoopTurns } from "../src/shares/loop-turns.ts";
import { createPageBudget } from "../src/shares/page-budget.ts";
import { defaultLimits, defaultPolicy } from "../src/settings/settings.ts";
import { addApps, sampleApp, tenantId } from "./samples.ts";

const mebibyte = 1024 * 1024;

/** A service whose searches wait until they are let go, and have one app with notes of this length. */
async function openService(notes: number) {
  const gate = Promise.withResolvers<void>();
  const memory = openMemoryStore();
  await addApps(memory, [sampleApp({ notes: "x".repeat(notes) })]);
  const waiting = new EventTarget();
  let count = 0;
  const store: Store = {
    ...memory,
    open(session) {
      const tenant = memory.open(session);
      return {
        ...tenant,
        async listApps(query): Promise<AppPage> {
          if (query.search !== undefined) {
            count += 1;
            waiting.dispatchEvent(new Event(String(count)));
            await gate.promise;
          }
          return tenant.listApps(query);
        },
      };
    },
  };
  const serve = createGraphHandler({
    store,
    policy: defaultPolicy,
    limits: defaultLimits,
    openAccount: createPageBudget(createLoopTurns()),
    gunzip: (bytes) => bytes,
    authenticate: (actor) => ({
      tenantId,
      actor: actor ?? "",
      kind: "user",
      permissions: ["DeviceManagementApps.Read.All"],
    }),
  });
  return {
    goOn: gate.resolve,
    /** Resolves once so many more wait. */
    untilWaiting: (more: number) =>
      new Promise<unknown>((resolve) => {
        waiting.addEventListener(String(count + more), resolve, { once: true });
      }),
    /** The status of each item of a batch of reads of the list, and the message of an error. */
    async send(actor: string, ...ends: readonly string[]): Promise<readonly (readonly [number, string])[]> {
      const requests = ends.map((end, at) => ({
        id: String(at),
        method: "GET",
        url: `/deviceAppManagement/mobileApps${end}`,
      }));
      const request = new Request("http://localhost/beta/$batch", {
        method: "POST",
        headers: { Authorization: actor, "Content-Type": "application/json" },
        body: JSON.stringify({ requests }),
      });
      const { body } = await serve(openExchange(request, inputOf(request)));
      const { responses } = JSON.parse(String(body));
      return responses.map((item: { status: number; body: { error?: { message: string } } }) => [
        item.status,
        item.body.error?.message ?? "",
      ]);
    },
  };
}

const search = "?$search=contoso";

test("pages that wait for their turn take nothing from another caller's batch, nor from their own", async () => {
  const service = await openService(10);
  const waiting = Array.from({ length: 200 }, () => service.send("many", search));
  await service.untilWaiting(200);
  expect(await service.send("one", "?$top=1")).toEqual([[200, ""]]);
  expect(await service.send("many", "?$top=1")).toEqual([[200, ""]]);
  service.goOn();
  expect(new Set((await Promise.all(waiting)).flat().map(([status]) => status))).toEqual(new Set([200]));
});

test("pages that are there hold no more than their caller's share, however many batches waited for them", async () => {
  const service = await openService(mebibyte);
  const held = Array.from({ length: 40 }, () => service.send("many", "?$top=1", `/$count${search}`));
  await service.untilWaiting(40);
  const [[status, message] = [0, ""]] = await service.send("many", "?$top=1");
  expect(status).toBe(429);
  expect(message).toContain("The responses to your batches that are being served hold 16 MiB");
  expect(await service.send("one", "?$top=1")).toEqual([[200, ""]]);
  service.goOn();
  const pages = (await Promise.all(held)).map(([first]) => first?.[0]);
  expect(pages.filter((one) => one === 200)).toHaveLength(16);
  // Everything is given back.
  expect(await service.send("many", "?$top=1")).toEqual([[200, ""]]);
});

test("pages for which there is no room any more when they come are dropped", async () => {
  const service = await openService(mebibyte);
  const waiting = Array.from({ length: 40 }, () => service.send("many", "?$search=outlook"));
  await service.untilWaiting(40);
  service.goOn();
  const statuses = (await Promise.all(waiting)).flat().map(([status]) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
});
