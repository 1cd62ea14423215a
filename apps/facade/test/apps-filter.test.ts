import { describe, expect, test } from "vitest";
import { apps, iosAppId, outcome, read, shareFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const facade = shareFacade();
const otherId = "22222222-2222-4222-8222-222222222222";

const url = (options: Readonly<Record<string, string>>): string =>
  `${apps}?${Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&")}`;

async function idsOf(options: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { value } = await read(await facade().get(url(options)));
  return value.map(({ id }: { id: string }) => id);
}

describe("$filter", () => {
  test.each([
    ["isAssigned eq true", [appId, iosAppId, otherId]],
    ["not isAssigned", []],
    [
      "(microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)",
      [appId, iosAppId, otherId],
    ],
    ["isof('microsoft.graph.mobileLobApp')", [appId, otherId]],
    ["isof('graph.iosStoreApp') or displayName eq 'contoso portal'", [appId, iosAppId]],
    ["contains(displayName,'MAIL') and publisher ne null", [iosAppId]],
    ["startswith(displayName, 'A\u0308pfel')", [otherId]],
    ["endswith(displayName,'\" 🍏')", [otherId]],
    ["displayName eq 'Äpfel \"100%\" 🍏'", [otherId]],
    [`id eq '${appId.toUpperCase()}'`, [appId]],
    [`id in ('${otherId}','${appId}')`, [appId, otherId]],
    ["displayName eq ''' or 1 eq 1 --'", []],
    ["createdDateTime lt 2020-01-01", []],
    ["createdDateTime ge 2020-01-01T00:00:00%2B02:00".replace("%2B", "+"), [appId, iosAppId, otherId]],
  ])("%s", async (filter, ids) => {
    expect(await idsOf({ $filter: filter, $select: "id" })).toEqual(ids);
    const count = await facade().get(`${apps}/$count?${url({ $filter: filter }).split("?")[1]}`);
    expect(await count.text()).toBe(String(ids.length));
  });

  test("finds a counter as soon as it is changed", async () => {
    const { get, patch } = facade();
    const found = url({ $filter: "installSummary/failedDeviceCount eq 4711", $count: "true" });
    expect((await read(await get(found)))["@odata.count"]).toBe(0);
    await patch({ failedDeviceCount: 4711 });
    expect(await read(await get(found))).toMatchObject({ "@odata.count": 1, value: [{ id: appId }] });
  });
});

describe("$orderby", () => {
  test("orders by a counter, and by name between equals, over all pages", async () => {
    await facade().patch({ failedDeviceCount: 2_000_000 });
    const $orderby = "installSummary/failedDeviceCount desc";
    const whole = await idsOf({ $orderby });
    expect(whole[0]).toBe(appId);
    const paged: string[] = [];
    let next: string | undefined = url({ $orderby, $top: "1" });
    while (next !== undefined) {
      const page = await read(await facade().get(next));
      paged.push(...page.value.map(({ id }: { id: string }) => id));
      next = page["@odata.nextLink"]?.slice(facade().url.length);
    }
    expect(paged).toEqual(whole);
  });

  test("orders names from Z to A", async () => {
    expect(await idsOf({ orderBy: "displayName DESC" })).toEqual([otherId, iosAppId, appId]);
  });
});

test("B80 $skip behind all apps leaves an empty page, however far", async () => {
  for (const $skip of ["3", "1000000000", "999999999999999"]) {
    const page = await read(await facade().get(url({ $skip, $count: "true" })));
    expect(page).toMatchObject({ "@odata.count": 3, value: [] });
    expect(page).not.toHaveProperty("@odata.nextLink");
  }
});

test("$skip leaves apps out once: the link to the next page has it no more", async () => {
  const first = await read(await facade().get(url({ $skip: "1", $top: "1", $count: "true" })));
  expect([first["@odata.count"], first.value[0].id]).toEqual([3, iosAppId]);
  expect(first["@odata.nextLink"]).not.toContain("$skip=");
  const second = await read(await facade().get(first["@odata.nextLink"].slice(facade().url.length)));
  expect(second.value.map(({ id }: { id: string }) => id)).toEqual([otherId]);
});

test.each([
  { $filter: "isAssigned" },
  { $filter: "isAssigned eq true", $orderby: "id" },
  { $filter: "not isAssigned" },
])("the token of a page is valid for its filter and order alone, and not for %j", async (other) => {
  const page = await read(await facade().get(url({ $filter: "isAssigned ne false", $top: "1" })));
  const [, token = ""] = /skiptoken=(.*)$/.exec(page["@odata.nextLink"]) ?? [];
  expect(await outcome(await facade().get(url({ ...other, $skiptoken: token })))).toBe(
    "400 BadRequest The $skiptoken is not valid for this request.",
  );
});
