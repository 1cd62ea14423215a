import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { exampleSummary } from "@install-summary/core/contract";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../src/connect.ts";
import { createSandbox, type Sandbox } from "../src/sandbox.ts";
import { hasProgram } from "../src/has-program.ts";
import { runStart, runStartBelowNpx } from "../src/run-start.ts";

const run = promisify(execFile);
const payroll = exampleSummary.id;
const header =
  "ApplicationId,DisplayName,Publisher,Platform,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount," +
  "NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount," +
  "NotApplicableUserCount,NotInstalledUserCount";
const row = "11111111-1111-4111-8111-111111111111,Our App,Us,5,1,2,3,4,5,6,7,8,9,10";

test.for([false, true])(
  "without a terminal it prints lines that run in a shell unchanged, HTTPS: %s",
  async (https, { skip }) => {
    for (const program of ["bash", "curl"]) if (!hasProgram(program)) skip(`${program} is not on the PATH`);
    const sandbox = await createSandbox();
    const facade = runStart(sandbox, https ? ["--https"] : []);
    await facade.prints("Read it back:\ncurl ");
    const [patch = "", get = ""] = facade
      .output()
      .split("\n")
      .filter((line) => line.startsWith("curl "));

    const patched: unknown = JSON.parse(
      (await run("bash", ["-c", patch], { cwd: "/", env: { ...sandbox.env } })).stdout,
    );
    expect(patched).toEqual({
      "@odata.context": `${https ? "https" : "http"}://127.0.0.1:${sandbox.port}/beta/$metadata#deviceAppManagement/mobileApps('${payroll}')/installSummary/$entity`,
      "@odata.type": "#microsoft.graph.mobileAppInstallSummary",
      id: payroll,
      installedDeviceCount: 4,
      failedDeviceCount: 1,
      notApplicableDeviceCount: 8,
      notInstalledDeviceCount: 7,
      pendingInstallDeviceCount: 9,
      installedUserCount: 2,
      failedUserCount: 15,
      notApplicableUserCount: 6,
      notInstalledUserCount: 5,
      pendingInstallUserCount: 7,
    });
    expect(
      JSON.parse((await run("bash", ["-c", get], { cwd: "/", env: { ...sandbox.env } })).stdout),
    ).toEqual(patched);
  },
);

test.for(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends it cleanly", async (signal) => {
  const facade = runStart(await createSandbox());
  await facade.prints("Read it back:");

  facade.signal(signal);

  expect(await facade.ended).toBe(0);
});

test("ending the npx that started it ends the facade too", async ({ skip }) => {
  if (process.platform !== "linux") skip("elsewhere than on Linux npx and pnpm have no shell between them");
  const sandbox = await createSandbox();
  const npx = runStartBelowNpx(sandbox);
  await npx.prints("Read it back:");
  const client = await connect(sandbox);
  await client.get(payroll);

  npx.signal("SIGTERM");
  // The output closes once every process that writes to it has ended.
  await npx.ended;

  await expect(client.get(payroll)).rejects.toThrow("network error");
});

test("--import FILE replaces the sample, and is refused in a store with apps", async () => {
  const sandbox = await createSandbox();
  await writeFile(join(sandbox.folder, "ours.csv"), `${header}\n${row}\n`);
  const facade = runStart(sandbox, ["--import", "ours.csv"]);
  await facade.prints("installSummary");
  expect(facade.errors()).toContain("Loaded ours.csv: 1 app.\n");
  // The line to paste does not overwrite imported numbers.
  expect(facade.output()).toContain(`-d '{"failedDeviceCount":2}'`);
  facade.signal("SIGTERM");
  await facade.ended;

  const again = runStart(sandbox, ["--import", "ours.csv"]);
  expect(await again.ended).toBe(2);
  const data = join(sandbox.folder, ".data");
  expect(again.errors()).toBe(
    `start: ours.csv was not read: the data folder ${data} has apps already. ` +
      `To add the file's apps to them: npx -y pnpm@12 facade import ours.csv --data ${data} ` +
      "– or to begin elsewhere: npx -y pnpm@12 start --import ours.csv --data DIR\n",
  );
  expect(again.output()).toBe("");
});

test("--port and --data come before the environment", async () => {
  const sandbox = await createSandbox();
  const { port } = await createSandbox();
  const facade = runStart(sandbox, ["--port", String(port), "--data", "elsewhere"]);
  await facade.prints("Read it back:");

  expect(facade.output()).toContain(
    `is on http://127.0.0.1:${port}/beta, its data in ${join(sandbox.folder, "elsewhere")}.`,
  );
  expect(await readdir(sandbox.folder)).toEqual(["elsewhere"]);
});

test("--help names every option", async () => {
  const help = runStart(await createSandbox(), ["--help"]);
  expect(await help.ended).toBe(0);
  for (const option of ["--import FILE", "--port PORT", "--data DIR", "--https", "--no-editor"]) {
    expect(help.output()).toContain(`\n  ${option}`);
  }
});

test("a rejected row is named and does not stop the others", async () => {
  const sandbox = await createSandbox();
  const bad = row.replace("11111111", "22222222").replace(",1,2,", ",1,many,");
  await writeFile(join(sandbox.folder, "ours.csv"), `${header}\n${bad}\n${row}\n`);

  const facade = runStart(sandbox, ["--import", "ours.csv"]);
  await facade.prints("installSummary");

  expect(facade.errors()).toMatch(/^line 2, FailedDeviceCount: .*many/);
  expect(facade.errors()).toContain("Loaded ours.csv: 1 app, but 1 row was rejected.\n");
  const client = await connect(sandbox);
  expect((await client.get("11111111-1111-4111-8111-111111111111")).summary.failedUserCount).toBe(7);
});

test("a file that is not a report is refused in one line, and the store stays empty", async () => {
  const sandbox = await createSandbox();
  await writeFile(join(sandbox.folder, "page.csv"), "<html>Sign in</html>\n");

  const refused = runStart(sandbox, ["--import", "page.csv"]);
  expect(await refused.ended).toBe(6);
  expect(refused.errors()).toMatch(/^start: The file is refused: .*HTML.*\n$/);
  expect(refused.output()).toBe("");

  const facade = runStart(sandbox);
  await facade.prints("Read it back:");
  expect(facade.errors()).toContain("Loaded the sample tenant: 200 apps.");
});

test("a port in use is reported before any file is created", async () => {
  const sandbox = await withPortTaken(await createSandbox());

  expect(await runStart(sandbox).ended).toBe(2);

  expect(await readdir(sandbox.folder)).toEqual([]);
});

interface Failure {
  readonly args?: readonly string[];
  readonly prepare?: (sandbox: Sandbox) => Promise<Sandbox>;
  readonly says: RegExp;
}

test.for<[string, Failure]>([
  [
    "a file that is not there",
    {
      args: ["--import", "missing.csv"],
      says: /^start: The file .*missing\.csv cannot be read: no such file or directory\.$/,
    },
  ],
  ["a folder as file", { args: ["--import", "."], says: /is a folder/ }],
  ["a port that is not a number", { args: ["--port", "many"], says: /port must be a whole number .*--port/ }],
  ["an unknown option", { args: ["--prot", "8421"], says: /--prot/ }],
  [
    "a wrong setting",
    { prepare: withVariables({ INSTALL_SUMMARY_PORT: "99999" }), says: /INSTALL_SUMMARY_PORT/ },
  ],
  [
    "Entra ID",
    {
      prepare: withVariables({
        INSTALL_SUMMARY_TENANTS: "7e57ab1e-0000-4000-8000-000000000001",
        INSTALL_SUMMARY_AUDIENCE: "5e7f1d00-0000-4000-8000-000000000001",
      }),
      says: /^start: start is for trying things out .* Unset INSTALL_SUMMARY_TENANTS, or serve with: /,
    },
  ],
  ["a data folder that is a file", { prepare: withFileAsData, says: /\.data cannot be used/ }],
  ["a port in use", { prepare: withPortTaken, says: /^start: Port \d+ .*in use.* --port/ }],
  ["a folder that is served already", { prepare: withSecondPort, says: /Another facade serves/ }],
])("%s is one line and exit 2", async ([, { args = [], prepare, says }]) => {
  const sandbox = await createSandbox();
  const facade = runStart((await prepare?.(sandbox)) ?? sandbox, args);

  expect(await facade.ended).toBe(2);
  const lines = facade.errors().trimEnd().split("\n");
  expect(lines).toEqual([expect.stringMatching(says)]);
  expect(facade.output()).toBe("");
});

function withVariables(variables: Readonly<Record<string, string>>) {
  return async (sandbox: Sandbox): Promise<Sandbox> => ({
    ...sandbox,
    env: { ...sandbox.env, ...variables },
  });
}

async function withFileAsData(sandbox: Sandbox): Promise<Sandbox> {
  await writeFile(join(sandbox.folder, ".data"), "");
  return sandbox;
}

async function withPortTaken(sandbox: Sandbox): Promise<Sandbox> {
  const other = createServer().listen(sandbox.port, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  return sandbox;
}

async function withSecondPort(sandbox: Sandbox): Promise<Sandbox> {
  const first = runStart(sandbox);
  await first.prints("Read it back:");
  return { ...sandbox, env: { ...sandbox.env, INSTALL_SUMMARY_PORT: "0" } };
}
