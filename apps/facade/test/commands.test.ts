import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { runFacade, serveInto, startServing, type Serving } from "./programs.ts";
import { appId } from "./samples.ts";
import { temporaryFolder } from "./stores.ts";

const report = `ApplicationId,DisplayName,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount,NotApplicableUserCount,NotInstalledUserCount
${appId},Outlook,1,2,3,4,5,6,7,8,9,10
`;

/** A folder in which a person types commands, with a report in it. */
function desk(): { readonly folder: string } {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  return { folder };
}

async function ask(serving: Serving, token: string, body?: object): Promise<Response> {
  return fetch(`${serving.url}/deviceAppManagement/mobileApps/${appId}/installSummary`, {
    headers: { authorization: `Bearer ${token.trim()}`, "content-type": "application/json" },
    ...(body !== undefined && { method: "PATCH", body: JSON.stringify(body) }),
  });
}

/** Takes a port that was free, until the server is closed. */
async function takePort(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" ? (address?.port ?? 0) : 0 };
}

test("--version prints the version, and help names every command", async () => {
  expect(await runFacade(desk(), "--version")).toEqual({
    exit: 0,
    stdout: `${packageJson.version}\n`,
    stderr: "",
  });
  const help = await runFacade(desk(), "--help");
  expect(help).toMatchObject({ exit: 0, stderr: "" });
  for (const command of ["serve", "token", "import", "config", "doctor", "health"])
    expect(help.stdout).toContain(`\n  ${command}`);
});

test.each([
  { args: ["srve"], told: "Unknown command: srve.\n  srve\n  ^^^^\n  Did you mean serve?" },
  {
    args: ["serve", "--read-onyl"],
    told: "Unknown option: --read-onyl.\n  serve --read-onyl\n        ^^^^^^^^^^^\n  Did you mean --read-only?",
  },
  { args: ["serve", "--port", "70000"], told: "port must be a whole number" },
  { args: ["serve", "--host", "0.0.0.0"], told: "host must be 127.0.0.1, ::1 or localhost" },
  { args: ["import"], told: "FILE is missing." },
  { args: ["import", "none.csv"], told: "none.csv cannot be read: no such file or directory." },
  { args: ["import", "."], told: "it is a folder." },
  {
    args: ["import", "report.csv", "--tenant", "common"],
    told: '--tenant must be the GUID of a tenant; got "common".',
  },
  { args: ["token", "--expires-in", "0h"], told: "--expires-in must be a duration" },
  { args: ["token", "--expires-in", "-1h"], told: "--expires-in" },
  { args: ["token", "--expires-in", "31d"], told: "at most 30d" },
  { args: ["serve", "--store", "postgresql://ada:hunter2@db/x"], told: "must not hold a password" },
  { args: ["serve", "--config", "none.json"], told: "none.json cannot be used" },
  ...[
    ["restore"],
    ["backup"],
    ["export"],
    ["import"],
    ["import", "report.csv", "--diff"],
    ["serve", "--config"],
    ["doctor", "--config"],
    ["config", "--config"],
  ].map((words) => ({
    args: [...words, "postgres://ada:hunter2@db/x"],
    told: "postgres://…@db/x is a URL. Name a file by its path here, and a store with --store.",
  })),
  {
    args: ["erase", "--tenant", "postgres://ada:hunter2@db/x"],
    told: '--tenant must be the GUID of a tenant; got "postgres://…@db/x".',
  },
])("B146 and others: what is typed wrong ends in 2 and is told: $told", async ({ args, told }) => {
  const place = desk();
  const ended = await runFacade(place, ...args);
  expect(ended).toMatchObject({ exit: 2, stdout: "" });
  expect(ended.stderr).toMatch(/^install-summary-facade: .*\n(?: {2}.*\n)*$/);
  expect(ended.stderr).toContain(told);
  expect(ended.stderr).not.toContain("hunter2");
  expect(existsSync(join(place.folder, ".data"))).toBe(false);
});

test("serve says its URL, accepts the token that token prints, and ends in 0 on SIGTERM", async () => {
  const place = desk();
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({ exit: 0 });
  const serving = await startServing(place);
  const token = await runFacade(place, "token", "--user", "ada");
  expect(token).toEqual({
    exit: 0,
    stderr: "",
    stdout: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/),
  });
  expect(await (await ask(serving, token.stdout)).json()).toMatchObject({ id: appId, failedDeviceCount: 2 });
  expect((await ask(serving, token.stdout, { failedDeviceCount: 0 })).status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
  expect(serving.output()).toContain("actor=ada");
  expect(serving.output()).not.toContain("eyJ");
});

test("SIGINT ends it in 0 too, and a change is there after the next start", async () => {
  const place = desk();
  await runFacade(place, "import", "report.csv");
  const { stdout: token } = await runFacade(place, "token");
  const first = await startServing(place, "--log", "json");
  expect((await ask(first, token, { failedDeviceCount: 77 })).status).toBe(200);
  expect(await first.stop("SIGINT")).toBe(0);
  for (const line of first.output().trim().split("\n"))
    expect(JSON.parse(line)).toMatchObject({ level: "info" });

  const second = await startServing(place);
  expect(await (await ask(second, token)).json()).toMatchObject({ failedDeviceCount: 77 });
  await second.stop("SIGKILL");
  const third = await startServing(place);
  expect((await ask(third, token)).status).toBe(200);
});

test("a second signal ends it at once, whatever is still under way", async () => {
  const place = desk();
  const serving = await startServing(place);
  const { hostname, port } = new URL(serving.url);
  const slow = connect(Number(port), hostname);
  onTestFinished(() => void slow.destroy());
  slow.on("error", () => undefined);
  const { stdout: token } = await runFacade(place, "token");
  const path = `/beta/deviceAppManagement/mobileApps/${appId}/installSummary`;
  slow.write(
    `PATCH ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token.trim()}\r\n` +
      "Content-Type: application/json\r\nContent-Length: 99\r\nExpect: 100-continue\r\n\r\n",
  );
  // The facade asks for the body, which never comes.
  await once(slow, "data");
  serving.child.kill("SIGTERM");
  await serving.said("stopping");
  expect(await serving.stop("SIGTERM")).toBeNull();
  expect(serving.child.signalCode).toBe("SIGTERM");
});

test("a folder is served once, and an import beside it is seen at once", async () => {
  const place = desk();
  const serving = await startServing(place);
  const refused = await runFacade(place, "serve", "--port", "0");
  expect(refused).toMatchObject({ exit: 2, stdout: "" });
  expect(refused.stderr).toContain(`Another facade serves the data folder ${join(place.folder, ".data")}.`);
  const { stdout: token } = await runFacade(place, "token");
  expect((await ask(serving, token)).status).toBe(404);
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({ exit: 0 });
  expect((await ask(serving, token)).status).toBe(200);
});

describe("it serves on and ends as it should", () => {
  test.each(["SIGTERM", "SIGHUP"] as const)("when its log is closed, on %s", async (signal) => {
    const place = desk();
    const serving = await startServing(place);
    serving.child.stdout?.destroy();
    const { stdout: token } = await runFacade(place, "token");
    for (let request = 0; request < 20; request += 1) expect((await ask(serving, token)).status).toBe(404);
    expect(await serving.stop(signal)).toBe(0);
  });

  test("when the reader of its log has stopped", async () => {
    const place = desk();
    const serving = await startServing(place, "--log", "json");
    serving.child.stdout?.pause();
    const { stdout: token } = await runFacade(place, "token");
    // More than a pipe holds.
    for (let request = 0; request < 400; request += 1) expect((await ask(serving, token)).status).toBe(404);
    expect(await serving.stop("SIGTERM")).toBe(0);
  });

  test("when the disk of its log is full", async ({ skip }) => {
    skip(!existsSync("/dev/full"), "this system has no /dev/full");
    const place = desk();
    const { server, port } = await takePort();
    await promisify(server.close.bind(server))();
    const serving = serveInto("/dev/full", place, port);
    const health = `http://127.0.0.1:${port}/livez`;
    await vi.waitUntil(
      () =>
        fetch(health).then(
          ({ ok }) => ok,
          () => false,
        ),
      { timeout: 60_000 },
    );
    expect(await serving.stop("SIGTERM")).toBe(0);
  });
});

test("--read-only refuses every PATCH", async () => {
  const place = desk();
  await runFacade(place, "import", "report.csv");
  const { stdout: token } = await runFacade(place, "token");
  const serving = await startServing({ ...place, env: { INSTALL_SUMMARY_READ_ONLY: "true" } });
  expect((await ask(serving, token, { failedDeviceCount: 0 })).status).toBe(403);
  expect((await ask(serving, token)).status).toBe(200);
});

test("B149 a port in use, a folder that is a file and one that others can write are a line each", async () => {
  const place = desk();
  const taken = await takePort();
  onTestFinished(() => void taken.server.close());
  const port = String(taken.port);
  const open = join(place.folder, "open");
  mkdirSync(open);
  chmodSync(open, 0o777);
  const cases = [
    { args: ["--port", port], told: `Port ${port} of 127.0.0.1 is in use.` },
    { args: ["--data", "report.csv"], told: "a file or a broken link is in the way." },
    { args: ["--data", "open"], told: "Run: chmod 700" },
  ];
  for (const { args, told } of cases) {
    const ended = await runFacade({ ...place, env: { INSTALL_SUMMARY_PORT: "0" } }, "serve", ...args);
    expect(ended).toMatchObject({ exit: 2 });
    expect(ended.stderr).toContain(told);
    expect(ended.stderr.trimEnd()).not.toContain("\n");
  }
});

test("paths begin where the person typed, wherever a script runs", async () => {
  const place = desk();
  const env = { INIT_CWD: place.folder };
  const elsewhere = { folder: temporaryFolder(), env };
  expect(await runFacade(elsewhere, "import", "report.csv", "--data", "here")).toMatchObject({ exit: 0 });
  expect(readdirSync(join(place.folder, "here"))).toEqual([
    "install-summary.db",
    expect.stringMatching(/^install-summary\.db-import-[\w-]{12}$/),
  ]);
  expect(readdirSync(elsewhere.folder)).toEqual([]);
});

test("the data folder and all that is in it is its owner's alone", async () => {
  const place = desk();
  await runFacade(place, "import", "report.csv");
  await runFacade(place, "token");
  await startServing(place);
  const data = join(place.folder, ".data");
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(readdirSync(data).length).toBeGreaterThan(3);
  for (const name of readdirSync(data))
    expect([name, statSync(join(data, name)).mode & 0o777]).toEqual([name, 0o600]);
});

test("the sources do what the built program does", async () => {
  const place = { ...desk(), fromSources: true };
  expect(await runFacade(place, "--version")).toMatchObject({
    stdout: `${packageJson.version}\n`,
    stderr: "",
  });
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({ exit: 0, stderr: "" });
  const { stdout: token } = await runFacade(place, "token");
  const serving = await startServing(place);
  expect((await ask(serving, token, { failedDeviceCount: 5 })).status).toBe(200);
  expect(await serving.stop("SIGTERM")).toBe(0);
});
