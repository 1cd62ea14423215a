import { createInstallSummaryClient, type ListedPage } from "@install-summary/core/client";
import { createMemoryService } from "@install-summary/core/contract";
import { expect, test } from "vitest";
import { sampleApp, sampleId } from "../../test/sample-apps.ts";
import { listPages } from "./list-pages.ts";

/** What is asked of a server with so many apps, and what comes. */
async function readPages(count: number) {
  const apps = Array.from({ length: count }, (_, at) => sampleApp(at, `App ${String(at).padStart(5, "0")}`));
  const { fetch } = createMemoryService({ apps, token: "a.b.c" });
  const asked: (string | null)[] = [];
  const client = createInstallSummaryClient({
    baseUrl: "http://127.0.0.1/beta",
    token: () => "a.b.c",
    fetch: (input, init) => {
      const request = new Request(input, init);
      asked.push(new URL(request.url).searchParams.get("$top"));
      return fetch(request);
    },
  });
  const pages: ListedPage[] = [];
  for await (const page of listPages(client, new AbortController().signal)) pages.push(page);
  const ids = new Set(pages.flatMap((page) => page.apps.map(({ id }) => id)));
  return {
    asked,
    sizes: pages.map((page) => page.apps.length),
    ids,
    counts: pages.map((page) => page.count),
  };
}

test.each([0, 1, 250])("a list of %i apps is read by one request", async (count) => {
  const { asked, ids } = await readPages(count);
  expect(asked).toEqual(["250"]);
  expect(ids.size).toBe(count);
});

test("of a longer list a short page comes first, and then all of it, counted", async () => {
  const { asked, sizes, ids, counts } = await readPages(2300);
  expect(asked).toEqual(["250", "1000", "1000", "1000"]);
  expect(sizes).toEqual([250, 1000, 1000, 300]);
  expect(ids).toEqual(new Set(Array.from({ length: 2300 }, (_, at) => sampleId(at))));
  expect(counts).toEqual([undefined, 2300, 2300, 2300]);
});
