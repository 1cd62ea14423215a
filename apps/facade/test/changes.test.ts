import { installSummaryChangeSchema } from "@install-summary/core";
import { createInstallSummaryClient } from "@install-summary/core/client";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { iosAppId, outcome, read, shareFacade, summary, unknownId, useFacade } from "./facades.ts";
import { appId } from "./samples.ts";

const path = "/api/changes";
const shared = shareFacade();

describe("as JSON", () => {
  test("a change has its app's name, the ids of its request and a cursor, and says that it is the caller's", async () => {
    const facade = await useFacade();
    const { next } = await read(await facade.get(path));
    const patched = await facade.patch(
      { failedDeviceCount: 8 },
      { headers: { "client-request-id": "7c2e", "install-summary-origin": "editor" } },
    );
    const response = await facade.get(`${path}?after=${next}`);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    const { value } = await read(response);
    expect(value).toEqual([
      {
        cursor: expect.any(String),
        appId,
        displayName: "Contoso Portal",
        version: 2,
        changedAt: expect.any(String),
        actor: "developer",
        origin: "editor",
        requestId: patched.headers.get("request-id"),
        clientRequestId: "7c2e",
        mine: true,
        before: { failedDeviceCount: 1 },
        after: { failedDeviceCount: 8 },
      },
    ]);
    expect(installSummaryChangeSchema.safeParse(value[0]).success).toBe(true);
  });

  test("next is always there in ascending order, and absent on the last page in descending order", async () => {
    const first = await read(await shared().get(`${path}?top=2`));
    const second = await read(await shared().get(`${path}?top=2&after=${first.next}`));
    const third = await read(await shared().get(`${path}?top=2&after=${second.next}`));
    expect([first, second, third].map(({ value }) => value.length)).toEqual([2, 1, 0]);
    expect(third.next).toBe(second.next);
    const latest = await read(await shared().get(`${path}?order=desc&top=2`));
    const oldest = await read(await shared().get(`${path}?order=desc&top=2&after=${latest.next}`));
    expect([...latest.value, ...oldest.value]).toEqual([...first.value, ...second.value].toReversed());
    expect(oldest).not.toHaveProperty("next");
  });

  test("changes are filtered by app, by who made them, through what, and when", async () => {
    const facade = await useFacade();
    const ada = await facade.issueToken({ user: "ada" });
    await facade.patch({ failedDeviceCount: 8 });
    await facade.patch({ failedDeviceCount: 9 }, { token: ada });
    const count = async (query: string, token?: string): Promise<number> =>
      (await read(await facade.get(`${path}?${query}`, { ...(token !== undefined && { token }) }))).value
        .length;
    expect(await count(`appId=${appId.toUpperCase()}`)).toBe(3);
    expect(await count(`appId=${iosAppId}`)).toBe(1);
    expect(await count(`appId=${unknownId}`)).toBe(0);
    expect(await count("actor=ada")).toBe(1);
    expect(await count("actor=me")).toBe(1);
    expect(await count("actor=me", ada)).toBe(1);
    expect(await count("origin=import")).toBe(3);
    expect(await count("origin=api&order=desc")).toBe(2);
    expect(await count("since=2020-01-01T00:00:00Z")).toBe(5);
    expect(await count("until=2020-01-01T01:00:00+01:00")).toBe(0);
    const { value } = await read(await facade.get(`${path}?actor=ada&order=desc`));
    expect(value[0]).not.toHaveProperty("mine");
  });

  test.each([
    ["TOP=1", "400 BadRequest The query parameter 'TOP' is not supported. Did you mean 'top'?"],
    ["$top=1", "400 BadRequest The query parameter '$top' is not supported. Did you mean 'top'?"],
    [
      "x=1",
      "400 BadRequest The query parameter 'x' is not supported. Supported are appId, actor, origin, since, until, after, top, order, format.",
    ],
    [
      "top=1&top=2",
      "400 BadRequest Query option 'top' was specified more than once, but it must be specified at most once.",
    ],
    ["top=0", "400 BadRequest The value '0' of 'top' is not valid. Use a whole number from 1 to 1000."],
    ["top=1001", "400 BadRequest The value '1001' of 'top' is not valid. Use a whole number from 1 to 1000."],
    ["order=up", "400 BadRequest The value 'up' of 'order' is not valid. Use one of asc, desc."],
    ["format=xml", "400 BadRequest The value 'xml' of 'format' is not valid. Use one of json, csv."],
    [
      "origin=web",
      "400 BadRequest The value 'web' of 'origin' is not valid. Use one of api, editor, command, undo, import, restore.",
    ],
    [
      "since=today",
      "400 BadRequest The value 'today' of 'since' is not valid. Use a moment such as 2026-11-26T08:00:00Z.",
    ],
    ["until=2026-13-01T00:00:00Z", expect.stringMatching(/^400 BadRequest The value '2026-13/)],
    ["since=2026-02-30T00:00:00Z", expect.stringMatching(/^400 BadRequest The value '2026-02-30/)],
    ["until=2026-11-31T00:00:00%2B01:00", expect.stringMatching(/^400 BadRequest The value '2026-11-31/)],
    ["until=9999-12-31T23:59:59-01:00", expect.stringMatching(/^400 BadRequest The value '9999-12-31/)],
    ["since=0000-01-01T00:00:00%2B01:00", expect.stringMatching(/^400 BadRequest The value '0000-01-01/)],
    [
      "after=1.abc",
      "400 BadRequest '1.abc' is not a cursor of this change log. Use one that a response has.",
    ],
    ["actor=", "400 BadRequest The value '' of 'actor' is not valid. Use the name of a user, or me."],
    ["appId=7", expect.stringMatching(/^400 BadRequest '7' is not a GUID\./)],
  ])("%s is refused", async (query, expected) => {
    expect(await outcome(await shared().get(`${path}?${query}`))).toEqual(expected);
  });

  test("any query gets a 200 or a 400 in the contract's form", async () => {
    const name = fc.oneof(fc.constantFrom("appId", "since", "after", "top", "order"), fc.string());
    const text = fc.string({ unit: "binary" }).map((one) => one.toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, text), { maxLength: 3 }), async (pairs) => {
        const query = pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
        expect(await outcome(await shared().get(`${path}?${query}`))).toMatch(/^(?:200$|400 BadRequest )/);
      }),
      { numRuns: 100 },
    );
  });
});

describe("who may read", () => {
  test("another tenant has its own log, and no use of a cursor of this one", async () => {
    const facade = shared();
    const { next } = await read(await facade.get(path));
    const token = await facade.issueToken({ tenant: unknownId });
    const own = await read(await facade.get(path, { token }));
    expect(own.value).toEqual([]);
    const forged = await outcome(await facade.get(`${path}?after=${next}`, { token }));
    const unknown = await outcome(await facade.get(`${path}?after=${next}x`, { token }));
    expect(forged.replace(next, "")).toBe(unknown.replace(`${next}x`, ""));
    expect(forged).toMatch(/^400 /);
  });

  test("the checks are those of the contract's paths: token, path, method, permission", async () => {
    const facade = shared();
    expect(await outcome(await facade.get("/api/nothing", { token: null }))).toMatch(/^401 /);
    expect(await outcome(await facade.get("/api/nothing"))).toBe(
      "404 ResourceNotFound There is no '/api/nothing'. There are /api/changes and /api/imports.",
    );
    const posted = await facade.call("POST", path);
    expect(await outcome(posted)).toMatch(/^405 /);
    expect(posted.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect((await facade.call("OPTIONS", path, { token: null })).status).toBe(204);
    const token = await facade.issueToken({ scope: "User.Read" });
    expect(await outcome(await facade.get(path, { token }))).toMatch(/^403 /);
    const reader = await facade.issueToken({ scope: "DeviceManagementApps.Read.All" });
    expect((await facade.get(path, { token: reader })).status).toBe(200);
    expect((await facade.call("HEAD", path)).status).toBe(200);
    expect((await facade.get(path, { headers: { Accept: "," } })).status).toBe(200);
    expect(await outcome(await facade.get(path, { headers: { Accept: "text/html" } }))).toBe(
      "406 NotAcceptable Only application/json, text/csv and text/event-stream can be served.",
    );
  });
});

describe("as CSV", () => {
  test("each counter that changed is a row, whichever way CSV is asked for", async () => {
    const facade = await useFacade();
    const { next } = await read(await facade.get(path));
    await facade.patch({ failedDeviceCount: 8, failedUserCount: 9 });
    const response = await facade.get(`${path}?after=${next}`, { headers: { Accept: "text/csv" } });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const { value } = await read(await facade.get(`${path}?after=${next}`));
    const start = `${value[0].changedAt},developer,api,${appId},Contoso Portal,2`;
    const csv = await response.text();
    expect(csv).toBe(
      [
        "changedAt,actor,origin,appId,displayName,version,counter,before,after,requestId",
        `${start},failedDeviceCount,1,8,${value[0].requestId}`,
        `${start},failedUserCount,15,9,${value[0].requestId}`,
        "",
      ].join("\r\n"),
    );
    expect(await (await facade.get(`${path}?format=csv&after=${next}`)).text()).toBe(csv);
  });

  test("all changes are sent, of more pages than one, unless top says how many", async () => {
    const facade = await useFacade();
    for (let at = 0; at < 30; at += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) => facade.patch({ failedDeviceCount: 1000 + at * 20 + index })),
      );
    }
    const rows = async (query: string): Promise<number> =>
      (await (await facade.get(`${path}?format=csv&origin=api${query}`)).text()).split("\r\n").length - 2;
    expect(await rows("")).toBe(600);
    expect(await rows("&order=desc&top=550")).toBe(550);
  });

  test("a name that a spreadsheet would calculate is sent as text", async () => {
    const facade = await useFacade();
    const head =
      "ApplicationId,DisplayName,Publisher,Platform,InstalledDeviceCount,FailedDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,PendingInstallDeviceCount,InstalledUserCount,FailedUserCount,NotApplicableUserCount,NotInstalledUserCount,PendingInstallUserCount";
    const row = `${unknownId},"=1+1,""x""",Contoso,5,4,1,8,7,9,2,15,6,5,7`;
    await facade.importReport(new Blob([`${head}\n${row}\n`]).stream());
    const csv = await (await facade.get(`${path}?format=csv&appId=${unknownId}`)).text();
    expect(csv).toContain(`,${unknownId},"'=1+1,""x""",1,installedDeviceCount,,4,`);
  });
});

test("core's client follows the log: every change once, in order, through a break", async () => {
  const facade = await useFacade();
  const token = await facade.issueToken();
  const client = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
  const all: string[] = [];
  for await (const { displayName } of client.changes({ order: "desc", top: 2 })) all.push(displayName ?? "");
  expect(all).toEqual(['Äpfel "100%" 🍏', "Fabrikam Mail", "Contoso Portal"]);
  const { next } = await read(await facade.get(path));
  const writing = (async () => {
    for (let at = 1; at <= 40; at += 1) await facade.patch({ failedDeviceCount: 1000 + at });
  })();
  const versions: number[] = [];
  let after: string = next;
  for (const end of [13, 40]) {
    for await (const change of client.changes({ follow: true, after, every: 1 })) {
      versions.push(change.version);
      after = change.cursor;
      if (versions.length === end) break;
    }
  }
  await writing;
  expect(versions).toEqual(Array.from({ length: 40 }, (_, index) => index + 2));
});

test("the log is there after PATCH as the summary is", async () => {
  const facade = await useFacade();
  await facade.patch({ failedDeviceCount: 77 });
  const current = await read(await facade.get(summary));
  const { value } = await read(await facade.get(`${path}?appId=${appId}&order=desc&top=1`));
  expect(value[0].after.failedDeviceCount).toBe(current.failedDeviceCount);
});
