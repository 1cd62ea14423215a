import { expect, test } from "vitest";
import { createMemoryService } from "../memory/memory-service.ts";
import { exampleSummary } from "../../resource/example.ts";
import { checkList } from "./check-list.ts";
import type { SendRequest } from "./check-pair.ts";

const run = { appId: exampleSummary.id };
const ids = [
  exampleSummary.id,
  ...[1, 2, 3, 4].map((digit) => exampleSummary.id.replace(/^0/, String(digit))),
];

test("a server that lists every app once, in pages of any size, differs nowhere", async () => {
  expect(await checkList(open(), run)).toEqual([]);
  expect(await checkList(open({ pageSize: 2 }), run)).toEqual([]);
  expect(await checkList(open({ apps: ids.slice(0, 2) }), run)).toEqual([]);
});

type Page = { value: { id: string }[]; "@odata.count"?: number; "@odata.nextLink"?: string };

test.each<[string, (page: Page, path: string) => Page, string]>([
  [
    "drops the last app of each page",
    (page) => ({ ...page, value: page.value.slice(0, -1) }),
    "the list has 4 apps, but its @odata.count is 5",
  ],
  [
    "drops an app, and counts without it, where all fit on one page",
    (page, path) =>
      path.includes("$top=1000") ? { ...page, value: page.value.slice(1), "@odata.count": 4 } : page,
    `the list lacks the app ${ids[0]}, but in pages of 2 it has it`,
  ],
  [
    "drops an app between two pages, and counts without it",
    (page, path) =>
      path.includes("$top=2")
        ? { ...page, value: page.value.filter(({ id }) => id !== ids[2]), "@odata.count": 4 }
        : page,
    `the list has the app ${ids[2]}, but in pages of 2 it lacks it`,
  ],
  [
    "drops the app of the run everywhere",
    (page) => ({ ...page, value: page.value.filter(({ id }) => id !== ids[0]), "@odata.count": 4 }),
    `the list must have the app ${ids[0]}`,
  ],
  [
    "repeats the app at the end of a page",
    (page) => (page.value.length === 1 ? { ...page, value: [...page.value, ...page.value] } : page),
    `the list in pages of 2 must have the app ${ids[4]} once but has it more often`,
  ],
  [
    "counts the apps of a page instead of all",
    (page) => ({ ...page, "@odata.count": page.value.length }),
    "the list in pages of 2 has 5 apps, but its @odata.count is 2",
  ],
  [
    "leaves the count out",
    ({ "@odata.count": _count, ...page }) => page,
    "the list has 5 apps, but its @odata.count is missing",
  ],
  [
    "ignores the size of a page",
    (page) => ({ ...page, value: ids.map((id) => ({ id })) }),
    "must return at most 2 apps but returns 5",
  ],
  [
    "orders each page in another way",
    (page) => ({ ...page, value: page.value.toReversed() }),
    "the list must have one order, but in pages of 2 it has another",
  ],
  [
    "links a page to itself",
    (page, path) => ({ ...page, "@odata.nextLink": `https://test.example/beta${path}` }),
    "must end but goes on after",
  ],
  ["ends after the first page", ({ "@odata.nextLink": _link, ...page }) => page, "in pages of 2 it lacks it"],
  [
    "links elsewhere",
    (page) => ({ ...page, "@odata.nextLink": "https://test.example/login" }),
    "@odata.nextLink must lead to /deviceAppManagement/mobileApps but is https://test.example/login",
  ],
])("a server is found that %s", async (_, change, sentence) => {
  const right = open();
  const broken: SendRequest = async (request) => {
    const page: Page = JSON.parse(await (await right(request)).text());
    return Response.json(change(page, request.path));
  };
  expect((await checkList(broken, run)).join("\n")).toContain(sentence);
});

test("a server without a page or without a response is found", async () => {
  expect(await checkList(async () => new Response("<p>", { status: 502 }), run)).toEqual([
    "GET /deviceAppManagement/mobileApps?$count=true&$top=1000 must return a page of apps but is 502: <p>",
  ]);
  expect(await checkList(() => Promise.reject(new TypeError("fetch failed")), run)).toEqual([
    "no usable response: fetch failed",
  ]);
});

function open({ apps = ids, pageSize = 1000 } = {}): SendRequest {
  const service = createMemoryService({ apps: apps.map((id) => ({ id })), pageSize });
  return ({ path, method, headers }) =>
    service.fetch(`https://test.example/beta${path}`, {
      method,
      headers: { ...headers, authorization: "Bearer any" },
    });
}
