import { beforeAll, expect, test } from "vitest";
import { apps, read, shareFacade, summary, outcome } from "./facades.ts";
import { appId, otherTenantId } from "./samples.ts";

const facade = shareFacade();
const theirId = "33333333-3333-4333-8333-333333333333";
let theirs: string;

beforeAll(async () => {
  const counts = "Installed,Failed,NotApplicable,NotInstalled,PendingInstall".split(",");
  const columns = ["Device", "User"].flatMap((whom) => counts.map((state) => `${state}${whom}Count`));
  const row = (id: string, name: string): string => [id, name, ...columns.map(() => "50")].join(",");
  const report = [
    `ApplicationId,DisplayName,${columns.join(",")}`,
    row(theirId, "Theirs"),
    row(appId, "Also theirs"),
  ];
  await facade().importReport(new Blob([report.join("\n")]).stream(), { tenantId: otherTenantId });
  theirs = await facade().issueToken({ tenant: otherTenantId });
});

test("another tenant's app is a 404, as an app that does not exist", async () => {
  const { get, patch } = facade();
  for (const path of [`${apps}/${theirId}`, `${apps}/${theirId}/installSummary`]) {
    expect(await outcome(await get(path))).toBe(
      `404 ResourceNotFound No mobile app with id '${theirId}' exists.`,
    );
  }
  const path = `${apps}/${theirId}/installSummary`;
  expect((await patch({ failedDeviceCount: 0 }, { path, headers: { "If-Match": "*" } })).status).toBe(404);
  expect((await read(await get(path, { token: theirs }))).failedDeviceCount).toBe(50);
});

test("apps with the same id in two tenants are independent", async () => {
  const { get, patch } = facade();
  await patch({ failedDeviceCount: 7 }, { token: theirs });
  expect((await read(await get(summary, { token: theirs }))).failedDeviceCount).toBe(7);
  expect((await read(await get(summary))).failedDeviceCount).toBe(1);
});

test("a list, its count and its search stay inside a tenant", async () => {
  const { get } = facade();
  const listed = async (query: string, token?: string): Promise<unknown> => {
    const page = await read(await get(`${apps}?$count=true&${query}`, token === undefined ? {} : { token }));
    return [page["@odata.count"], page.value.map((app: { displayName: string }) => app.displayName)];
  };
  expect(await listed("", theirs)).toEqual([2, ["Also theirs", "Theirs"]]);
  expect(await listed("$search=theirs")).toEqual([0, []]);
  const empty = await facade().issueToken({ tenant: "44444444-4444-4444-8444-444444444444" });
  expect(await listed("", empty)).toEqual([0, []]);
});

test("a skip token is valid in its tenant only", async () => {
  const { get, url } = facade();
  const page = await read(await get(`${apps}?$top=1`, { token: theirs }));
  const next = page["@odata.nextLink"].slice(url.length);
  expect((await get(next, { token: theirs })).status).toBe(200);
  expect(await outcome(await get(next))).toBe("400 BadRequest The $skiptoken is not valid for this request.");
});
