import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createFacade } from "../src/facade.ts";
import {
  otherTenant,
  ourTenant,
  secondTenant,
  status,
  useAuthority,
  type LocalAuthority,
} from "./authorities.ts";
import { outcome, report, summary, useFacade } from "./facades.ts";
import { runFacade, startServing } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const clientId = "5e7f1d00-0000-4000-8000-000000000001";

/** A folder with a report, in which Entra ID is configured by variables. */
function desk(authority?: LocalAuthority) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  const env = {
    INSTALL_SUMMARY_TENANTS: `${ourTenant},${secondTenant}`,
    INSTALL_SUMMARY_AUDIENCE: clientId,
    ...(authority && { INSTALL_SUMMARY_AUTHORITY: authority.origin }),
  };
  return { folder, env };
}

test("a team's facade: import for a tenant, serve every address, and respond to tokens of Entra ID alone", async () => {
  const authority = await useAuthority();
  const place = desk(authority);
  const imported = await runFacade(place, "import", "report.csv", "--tenant", ourTenant.toUpperCase());
  expect(imported).toMatchObject({ exit: 0, stderr: "" });
  const serving = await startServing(place, "--host", "0.0.0.0");
  const url = serving.url.replace("0.0.0.0", "127.0.0.1").replace(/\/beta$/, "");
  const ask = async (token: string): Promise<number> =>
    (await fetch(url + summary, { headers: { Authorization: `Bearer ${token}` } })).status;
  expect(await ask(await authority.issueToken())).toBe(200);
  expect(await ask(await authority.issueToken({ version: "1.0" }))).toBe(200);
  expect(await ask(await authority.issueToken({ tenant: secondTenant }))).toBe(404);
  expect(await ask(await authority.issueToken({ tenant: otherTenant }))).toBe(401);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
  expect(serving.output()).toContain("keys fetched");
  expect(readdirSync(join(place.folder, ".data"))).not.toContain("development-key.pem");
});

test("a development token cannot be had, and the message says where tokens come from", async () => {
  const place = desk();
  expect(await runFacade(place, "token")).toEqual({
    exit: 2,
    stdout: "",
    stderr: `install-summary-facade: With tenants set, this facade accepts tokens of Entra ID and no development tokens. Get one from Entra ID, for example with az account get-access-token --resource ${clientId}.\n`,
  });
  expect(existsSync(join(place.folder, ".data"))).toBe(false);
});

test("an import must name one of the tenants", async () => {
  const place = desk();
  const served = `With Entra ID it must be one of tenants: ${ourTenant}, ${secondTenant}.\n`;
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: --tenant is missing. ${served}`,
  });
  expect(await runFacade(place, "import", "report.csv", "--tenant", otherTenant)).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: The tenant ${otherTenant} is not served. ${served}`,
  });
  expect(existsSync(join(place.folder, ".data"))).toBe(false);
});

test("without Entra ID a facade serves no other machine, and exit 2 says what to set", async () => {
  const { folder } = desk();
  expect(await runFacade({ folder }, "serve", "--host", "0.0.0.0")).toMatchObject({
    exit: 2,
    stderr: expect.stringMatching(
      /^install-summary-facade: host must be .* To serve other machines, set tenants and audience of Entra ID\.\n$/,
    ),
  });
});

test("while no keys could be fetched, /readyz says so, and a token gets a 503 that says when to retry", async () => {
  const authority = await useAuthority();
  authority.fail("/openid-configuration", status(500));
  const facade = await createFacade({ testAuthority: authority });
  onTestFinished(() => facade.close());
  const ready = await fetch(`${facade.url}/readyz`);
  expect(await outcome(ready)).toBe(
    "503 ServiceUnavailable The signing keys of Entra ID have not been fetched yet.",
  );
  expect((await fetch(`${facade.url}/livez`)).status).toBe(200);
  const response = await fetch(facade.url + summary, {
    headers: { Authorization: `Bearer ${await authority.issueToken()}` },
  });
  expect(response.headers.get("Retry-After")).toBe("30");
  expect(await outcome(response)).toBe(
    "503 ServiceUnavailable The signing keys of the token's tenant cannot be fetched.",
  );
});

test("services may call where applications are allowed, by their app roles, and ID tokens still may not", async () => {
  const authority = await useAuthority();
  const { call } = await useFacade({
    testAuthority: authority,
    settings: { policy: { allowApplication: true } },
  });
  const send = async (token: string, method = "GET"): Promise<number> =>
    (
      await call(method, summary, {
        token,
        headers: { "Content-Type": "application/json" },
        ...(method === "PATCH" && { body: "{}" }),
      })
    ).status;
  const scope = "DeviceManagementApps.Read.All";
  const idToken = { scp: undefined, roles: [scope] };
  for (const version of ["1.0", "2.0"] as const) {
    expect(await send(await authority.issueToken({ version, application: true }), "PATCH")).toBe(200);
    const reader = await authority.issueToken({ version, application: true, scope });
    expect([await send(reader), await send(reader, "PATCH")]).toEqual([200, 403]);
    expect(
      await send(await authority.issueToken({ version, application: true, claims: { roles: undefined } })),
    ).toBe(403);
    expect(await send(await authority.issueToken({ version, claims: idToken }))).toBe(403);
    expect(await send(await authority.issueToken({ version, claims: { ...idToken, idtyp: "app" } }))).toBe(
      200,
    );
  }
});

test("a facade of Entra ID issues no tokens, and one with a test authority issues that authority's", async () => {
  const authority = await useAuthority();
  const real = await createFacade({ settings: authority.settings });
  await expect(real.issueToken()).rejects.toThrow("Entra ID issues them");
  await real.close();
  const facade = await createFacade({ testAuthority: authority });
  const token = await facade.issueToken({ user: "ada@contoso.example" });
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  expect(claims).toMatchObject({ ver: "2.0", tid: ourTenant, preferred_username: "ada@contoso.example" });
  await facade.close();
});
