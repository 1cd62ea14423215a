import { expect, test } from "vitest";
import { google, runSignedIn, useCommandsFixture } from "./commands-fixture.ts";
import type { Ended } from "./run-program.ts";

const fixture = useCommandsFixture();

function doctor(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  return runSignedIn(fixture.server, ["doctor", ...args], { env });
}

/** A token in the form of Entra ID's, which the server of the tests refuses. */
function jwt(claims: object): string {
  return [{ alg: "none" }, claims, "x"]
    .map((part) => Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url"))
    .join(".");
}

interface Check {
  readonly check: string;
  readonly result: string;
  readonly mend: string | null;
}

function checksOf({ stdout }: Ended): readonly Check[] {
  return JSON.parse(stdout).checks;
}

const results = (ended: Ended): object =>
  Object.fromEntries(checksOf(ended).map(({ check, result }) => [check, result]));

test("each check says what it found; a server without a change log is a warning and not a failure", async () => {
  const ended = await doctor({}, "--output", "json");
  expect(ended).toMatchObject({ exit: 0, stderr: "" });
  expect(results(ended)).toEqual({
    address: "ok",
    connection: "ok",
    clock: "ok",
    token: "ok",
    access: "ok",
    facade: "warning",
  });
  expect(JSON.parse(ended.stdout).account).toBeNull();
  const { stdout } = await doctor({});
  expect(stdout).toContain("ok    connection   The server responds, and asks for a token (401).\n");
  expect(stdout).toContain("ok    access       4 apps can be read.\n");
});

test("the account is what the token says of its user, tenant, audience, scopes and end", async () => {
  const claims = {
    tid: "11111111-1111-1111-1111-111111111111",
    aud: "api://install-summary",
    preferred_username: "ada@contoso.com",
    name: "Ada\u001b[2J",
    scp: "DeviceManagementApps.Read.All openid",
    exp: 4_102_444_800,
  };
  const ended = await doctor({ INSTALL_SUMMARY_TOKEN: jwt(claims) }, "-o", "json");
  expect(ended.exit).toBe(3);
  expect(JSON.parse(ended.stdout).account).toEqual({
    user: "ada@contoso.com",
    name: "Ada\u001b[2J",
    tenant: claims.tid,
    audience: claims.aud,
    scopes: ["DeviceManagementApps.Read.All", "openid"],
    application: false,
    expires: "2100-01-01T00:00:00.000Z",
  });
  expect(results(ended)).toMatchObject({
    token: "ok",
    scopes: "warning",
    access: "failed",
    facade: "skipped",
  });
  expect((await doctor({ INSTALL_SUMMARY_TOKEN: jwt(claims) })).stdout).toContain(
    "User      Ada␛[2J, ada@contoso.com\n",
  );
  const queried = await doctor({ INSTALL_SUMMARY_TOKEN: jwt(claims) }, "--query", "account.tenant");
  expect(queried.stdout).toBe(`${claims.tid}\n`);
});

test.each([
  ["expired", { exp: 1 }, "token", "Get a new token into INSTALL_SUMMARY_TOKEN."],
  ["without a scope", { exp: 4_102_444_800 }, "scopes", "Ask for DeviceManagementApps.ReadWrite.All"],
  [
    "of an application",
    { roles: ["DeviceManagementApps.ReadWrite.All"] },
    "scopes",
    "INSTALL_SUMMARY_ALLOW_APPLICATION",
  ],
])("a token %s is told with how to mend it", async (_, claims, check, mend) => {
  const ended = await doctor({ INSTALL_SUMMARY_TOKEN: jwt(claims) }, "-o", "json");
  expect(ended.exit).toBe(3);
  expect(checksOf(ended).find((each) => each.check === check)?.mend).toContain(mend);
});

test("without a token the way to the server is checked all the same, and it ends in 3", async () => {
  const ended = await doctor({ INSTALL_SUMMARY_TOKEN: "" }, "-o", "json");
  expect(ended.exit).toBe(3);
  expect(results(ended)).toEqual({
    address: "ok",
    connection: "ok",
    clock: "ok",
    token: "failed",
    access: "skipped",
    facade: "skipped",
  });
});

test("a server that is not there ends in 7, and the token is looked at all the same", async () => {
  await fixture.server.close();
  expect((await doctor({})).stdout).toContain(
    "FAIL  connection   The server cannot be reached: nothing listens there (ECONNREFUSED).\n",
  );
  const ended = await doctor({}, "-o", "json");
  expect(ended.exit).toBe(7);
  expect(results(ended)).toEqual({
    address: "ok",
    connection: "failed",
    token: "ok",
    access: "skipped",
    facade: "skipped",
  });
});

test("a clock that is hours off ends in 2, since tokens live by it", async () => {
  fixture.server.intervene(() => ({
    status: 401,
    headers: { date: "Thu, 01 Jan 2015 00:00:00 GMT" },
    body: { error: { code: "InvalidAuthenticationToken", message: "no token" } },
  }));
  const ended = await doctor({}, "-o", "json");
  expect(ended.exit).toBe(2);
  expect(results(ended)).toMatchObject({ connection: "ok", clock: "failed" });
});

test("a wrong URL ends in 2, and doctor changes nothing", async () => {
  expect(await doctor({ INSTALL_SUMMARY_URL: "ftp://x" })).toMatchObject({ exit: 2, stdout: "" });
  await doctor({});
  expect(fixture.server.requests.map(({ method }) => method)).toEqual(
    expect.not.arrayContaining(["PATCH", "POST"]),
  );
  expect(fixture.server.current(google).version).toBe(7);
});

test("doctor tells a list that everyone can read from a page that responds in the server's place", async () => {
  const page = { status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" };
  fixture.server.intervene(() => page);
  const signIn = await doctor({});
  expect(signIn).toMatchObject({ exit: 7, stderr: "" });
  expect(signIn.stdout).toContain(
    "!     connection   The server responds with 200, but with no list of apps, to a",
  );
  expect(signIn.stdout).toContain("A proxy or a sign-in page may have responded in its place.");
  expect(signIn.stdout).not.toContain("Everyone");
  fixture.server.intervene(({ headers }) =>
    headers.authorization === undefined ? { status: 200, body: { value: [{ id: google }] } } : undefined,
  );
  const open = await doctor({});
  expect(open.exit).toBe(0);
  expect(open.stdout).toContain("!     connection   The server responds without a token (200).");
  expect(open.stdout).toContain("Everyone who reaches it can read it: check how it is served.");
});
