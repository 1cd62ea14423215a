import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { get } from "node:http";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ByteSource } from "@install-summary/core/report";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  createFacade,
  startTestAuthority,
  type DevelopmentTokenOptions,
  type Facade,
  type FacadeImportOptions,
  type FacadeOptions,
} from "../src/index.ts";
import { outcome, read, report } from "./facades.ts";
import { program } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const apps = [{ id: appId, displayName: "Outlook", installSummary: { failedDeviceCount: 3 } }] as const;
const list = "/beta/deviceAppManagement/mobileApps";
const summary = `${list}/${appId}/installSummary`;

async function open(options: FacadeOptions): Promise<Facade> {
  const facade = await createFacade(options);
  onTestFinished(() => facade.close());
  return facade;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly token?: string;
}

async function call(facade: Facade, path: string, { token, headers, ...init }: Sent = {}): Promise<Response> {
  const bearer = token ?? (await facade.issueToken());
  return fetch(facade.url + path, { ...init, headers: { Authorization: `Bearer ${bearer}`, ...headers } });
}

function patch(facade: Facade, failedDeviceCount: number, headers: Readonly<Record<string, string>> = {}) {
  return call(facade, summary, {
    method: "PATCH",
    body: JSON.stringify({ failedDeviceCount }),
    headers: { "Content-Type": "application/json", ...headers },
  });
}

describe("apps of createFacade", () => {
  test("are there at the first request, with 0 for counters that were left out", async () => {
    const facade = await open({ apps });
    expect(await read(await call(facade, summary))).toMatchObject({
      id: appId,
      failedDeviceCount: 3,
      installedUserCount: 0,
    });
  });

  test("leave an app as it is that the store knows", async () => {
    const data = temporaryFolder();
    const first = await createFacade({ settings: { data }, apps });
    await patch(first, 8);
    await first.close();
    const second = await open({ settings: { data }, apps });
    expect(await read(await call(second, summary))).toMatchObject({ failedDeviceCount: 8 });
  });

  test("that cannot be are refused, and no folder is left behind", async () => {
    const temporary = temporaryFolder();
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const good = await createFacade({ apps });
    expect(readdirSync(temporary)).toHaveLength(1);
    await good.close();
    await expect(createFacade({ apps: [...apps, ...apps] })).rejects.toThrow(
      `Two apps have the id '${appId}'.`,
    );
    await expect(
      createFacade({ apps: [{ id: appId, installSummary: { failedDeviceCount: -1 } }] }),
    ).rejects.toMatchObject({ code: "ModelValidationFailure" });
    // Each of these characters is two in the link to a next page.
    const displayName = "\u0958".repeat(1000);
    await expect(createFacade({ apps: [{ id: appId, displayName }] })).rejects.toThrow(
      new TypeError(
        `createFacade cannot take the app ${appId}. The name in the link to a next page has 6002 bytes; the maximum is 4000.`,
      ),
    );
    expect(readdirSync(temporary)).toEqual([]);
  });
});

/** What a JavaScript program can do. */
function giveUntyped(to: (options: never) => Promise<unknown>, given: unknown): Promise<unknown> {
  return Reflect.apply(to, undefined, [given]);
}

describe("the functions of a facade", () => {
  test("refuse an option that they do not know, and the store stays as it is", async () => {
    const facade = await open({ apps });
    const importWith = (options: FacadeImportOptions) =>
      facade.importReport(new Blob([report]).stream(), options);
    await expect(giveUntyped(importWith, { dryrun: true })).rejects.toThrow("Did you mean dryRun?");
    expect(await read(await call(facade, summary))).toMatchObject({ failedDeviceCount: 3 });
    expect((await read(await call(facade, list))).value).toHaveLength(1);
  });

  test("import a stream of bytes alone, and refuse anything else in a sentence without its text", async () => {
    const facade = await open({ apps });
    const importFrom = (source: ByteSource) => facade.importReport(source);
    const bytes = Buffer.from(report);
    const refused: readonly [given: unknown, got: string][] = [
      [bytes, "[object Uint8Array]"],
      [new Uint8Array(bytes), "[object Uint8Array]"],
      [[bytes], "[object Uint8Array]"],
      [report, "text"],
      ["reports/apps.csv", "text"],
      [[report, report], "text"],
      [[new Blob([report]).stream(), report], "text"],
      [new URL("file:///apps.csv"), "[object URL]"],
      [new Blob([report]), "[object Blob]"],
      [new Response(report), "[object Response]"],
      [undefined, "undefined"],
      [null, "null"],
      [5, "5"],
      [Readable.from([report]), "a stream of text"],
      [Readable.from([new DataView(new ArrayBuffer(8))]), "a stream of [object DataView]"],
    ];
    for (const [given, got] of refused) {
      await expect(giveUntyped(importFrom, given)).rejects.toEqual(
        new TypeError(
          `A report is read from a stream of bytes, such as blob.stream() or createReadStream(path) without an encoding; got ${got}.`,
        ),
      );
    }
    expect((await read(await call(facade, list))).value).toHaveLength(1);
    expect(await facade.importReport(Readable.from([bytes]))).toMatchObject({ created: 2 });
  });

  test("release the streams behind what is no stream", async () => {
    const facade = await open({});
    const importFrom = (source: ByteSource) => facade.importReport(source);
    const cancel = vi.fn<() => void>();
    await expect(giveUntyped(importFrom, [report, new ReadableStream({ cancel })])).rejects.toThrow(
      TypeError,
    );
    expect(cancel).toHaveBeenCalledOnce();
  });

  test.each([{}, { testAuthority: {} }])("issue no token for a misspelt scope with %j", async (options) => {
    const facade = await open(options);
    const given = { scopes: "DeviceManagementApps.Read.All" };
    const issueWith = (claims: DevelopmentTokenOptions) => facade.issueToken(claims);
    await expect(giveUntyped(issueWith, given)).rejects.toThrow("Did you mean scope?");
  });
});

describe("the settings of createFacade", () => {
  test("mean what their options mean: links, browser origins, hosts and metrics", async () => {
    const facade = await open({
      settings: {
        publicUrl: "HTTPS://Summaries.example/",
        origins: ["https://Dash.example:443/"],
        hosts: [" Docker.Internal "],
        metrics: "0",
        limits: { pageSize: 1 },
      },
      apps: [...apps, { id: "33333333-3333-4333-8333-333333333333", displayName: "Teams" }],
    });
    const response = await call(facade, list, { headers: { Origin: "https://dash.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBe("https://dash.example");
    const { "@odata.nextLink": next } = await read(response);
    expect(next).toMatch(/^https:\/\/summaries\.example\/beta\//);
    expect(facade.metricsUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    expect(await statusOf(facade.url, "docker.internal")).toBe(200);
  });

  test("have ids of Entra ID in any case, and an authority with a slash", async () => {
    const tenant = "3F2A6D1E-0C57-4A7E-9D3A-AAAAAAAAAAAA";
    await using authority = await startTestAuthority({ tenants: [tenant], clientId: tenant });
    const { settings } = authority;
    expect(settings).toMatchObject({ tenants: [tenant.toLowerCase()], audience: [tenant.toLowerCase()] });
    const facade = await open({
      settings: { tenants: [tenant], audience: [tenant], authority: `${settings.authority}/` },
      apps,
    });
    for (const claims of [{}, { tenant }, { version: "1.0" }] as const) {
      const token = await authority.issueToken(claims);
      expect(await read(await call(facade, summary, { token }))).toMatchObject({ failedDeviceCount: 3 });
    }
  });

  test("that are undefined are left out, the store too", async () => {
    const settings = { data: undefined, store: undefined, port: undefined, policy: undefined, limits: {} };
    const facade = await open({ settings, apps, testAuthority: undefined, log: undefined });
    await facade.reset();
    expect((await call(facade, summary)).status).toBe(200);
  });
});

test("a report goes into a tenant that tokens can have, or is refused before it is read", async () => {
  const facade = await open({});
  const tenant = "11111111-2222-4333-8444-ABCDEFABCDEF";
  await facade.importReport(new Blob([report]).stream(), { tenantId: tenant });
  for (const spelling of [tenant, tenant.toLowerCase()]) {
    const token = await facade.issueToken({ tenant: spelling });
    expect((await read(await call(facade, list, { token }))).value).toHaveLength(3);
  }
  for (const tenantId of ["contoso.com", "", ` ${tenant}`, `{${tenant}}`]) {
    const source = new Blob([report]).stream();
    await expect(facade.importReport(source, { tenantId })).rejects.toThrow(TypeError);
    expect(source.locked).toBe(false);
  }
});

/** The status of a request with another `Host`, which `fetch` does not send. */
async function statusOf(url: string, host: string): Promise<number | undefined> {
  const [response] = await once(get(`${url}/livez`, { headers: { Host: host } }), "response");
  response.resume();
  return response.statusCode;
}

describe("reset", () => {
  test("returns to the given apps in every tenant, and versions go on", async () => {
    const facade = await open({ apps });
    const other = "3f2a6d1e-0c57-4a7e-9d3a-222222222222";
    await facade.importReport(new Blob([report]).stream(), { tenantId: other });
    await facade.importReport(
      new Blob([report.replace(appId, "33333333-3333-4333-8333-333333333333")]).stream(),
    );
    const patched = await patch(facade, 8);
    const etag = patched.headers.get("etag") ?? "";
    const { next } = await read(await call(facade, "/api/changes?top=1"));
    await facade.reset();

    const { value } = await read(await call(facade, list));
    expect(value.map(({ id }: { id: string }) => id)).toEqual([appId]);
    const response = await call(facade, summary);
    expect(await response.clone().json()).toMatchObject({ failedDeviceCount: 3 });
    expect(Number(/\d+/.exec(response.headers.get("etag") ?? "")?.[0])).toBeGreaterThan(
      Number(/\d+/.exec(etag)?.[0]),
    );
    expect((await patch(facade, 9, { "If-Match": etag })).status).toBe(412);
    expect(await outcome(await call(facade, `/api/changes?after=${next}`))).toMatch(/^410 Gone /);
    const token = await facade.issueToken({ tenant: other });
    expect((await read(await call(facade, list, { token }))).value).toEqual([]);
  });

  test("does again what prepare does, as often as it is called", async () => {
    const facade = await open({
      apps,
      prepare: async ({ importReport }) => void (await importReport(new Blob([report]).stream())),
    });
    for (let round = 0; round < 3; round += 1) {
      await patch(facade, 100 + round);
      await facade.reset();
      const { value } = await read(await call(facade, `${list}?$expand=installSummary`));
      expect(value).toHaveLength(3);
      expect(value.find(({ id }: { id: string }) => id === appId).installSummary.failedDeviceCount).toBe(1);
    }
  });

  test("is refused where the settings name a data folder, and erases nothing", async () => {
    const facade = await open({ settings: { data: temporaryFolder() }, apps });
    await patch(facade, 8);
    await expect(facade.reset()).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining("Leave out data and store in its settings."),
    });
    expect(await read(await call(facade, summary))).toMatchObject({ failedDeviceCount: 8 });
  });
});

describe("a test authority of createFacade", () => {
  const tenants = ["3f2a6d1e-0c57-4a7e-9d3a-111111111111", "3f2a6d1e-0c57-4a7e-9d3a-222222222222"] as const;

  test("issues the tokens that are accepted, of each of its tenants, and ends with the facade", async () => {
    const facade = await createFacade({ testAuthority: { tenants }, apps });
    const { testAuthority } = facade;
    expect(await read(await call(facade, summary))).toMatchObject({ failedDeviceCount: 3 });
    const token = await testAuthority?.issueToken({ tenant: tenants[1], version: "1.0" });
    expect((await read(await call(facade, list, { token: token ?? "" }))).value).toEqual([]);
    const { authority = "" } = testAuthority?.settings ?? {};
    const discovery = `${authority}/${tenants[0]}/v2.0/.well-known/openid-configuration`;
    expect((await fetch(discovery)).status).toBe(200);
    await facade.reset();
    expect((await call(facade, summary)).status).toBe(200);
    await facade.close();
    await expect(fetch(discovery)).rejects.toThrow("fetch failed");
  });

  test("that was started before goes on after the facade", async () => {
    await using testAuthority = await startTestAuthority({ tenants });
    for (let round = 0; round < 2; round += 1) {
      const facade = await createFacade({ testAuthority, apps });
      expect((await call(facade, summary)).status).toBe(200);
      await facade.close();
    }
  });
});

test.each([
  ["README.md", "a test of another team"],
  ["docs/entra.md", "a test with tokens like those of Entra ID"],
])("the lines of %s for tests run as %s runs them, against the built package", async (page) => {
  expect(existsSync(program), "build the facade first, with pnpm build").toBe(true);
  const text = readFileSync(new URL(`../${page}`, import.meta.url), "utf8");
  const section = text.slice(text.indexOf("## In a test"));
  const [, code = ""] = /```ts\n(.*?)```/s.exec(section) ?? [];
  expect(code).toContain("facade.close()");
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  const told =
    page === "README.md"
      ? "console.log(response.status)"
      : "console.log(testAuthority.settings.tenants.length)";
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", `${code}\n${told}`],
    { cwd },
  );
  expect(stdout.trim()).toBe(page === "README.md" ? "200" : "1");
});
