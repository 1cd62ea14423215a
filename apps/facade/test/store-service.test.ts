import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { runFacade, startServing, type Place, type Serving } from "./programs.ts";
import { appId } from "./samples.ts";
import { expectWholeLog, readLog, temporaryFolder } from "./stores.ts";

const report = `ApplicationId,DisplayName,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount,NotApplicableUserCount,NotInstalledUserCount
${appId},Outlook,1,2,3,4,5,6,7,8,9,10
`;

/** A folder with a report in it that was imported into `.data`, and a token. */
async function prepare(): Promise<{ readonly folder: string; readonly token: string }> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  expect(await runFacade({ folder }, "import", "report.csv")).toMatchObject({ exit: 0 });
  const { stdout } = await runFacade({ folder }, "token");
  return { folder, token: stdout.trim() };
}

/** Asks a facade: each way ends in a status, an error in its message too. */
function asking({ url }: Serving, token: string) {
  const ask = async (address: string, body?: object): Promise<string> => {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { method: "PATCH", body: JSON.stringify(body) }),
    });
    const told = await response.text();
    return response.status < 400
      ? String(response.status)
      : `${response.status} ${JSON.parse(told).error.message}`;
  };
  const apps = `${url}/deviceAppManagement/mobileApps`;
  return {
    read: () => ask(`${apps}/${appId}/installSummary`),
    list: () => ask(apps),
    search: () => ask(`${apps}?$search="outlook"`),
    change: (failedDeviceCount: number) => ask(`${apps}/${appId}/installSummary`, { failedDeviceCount }),
    ready: () => ask(new URL("/readyz", url).href),
    alive: () => ask(new URL("/livez", url).href),
  };
}

const full = "503 The store's disk is full.";

test("on a full disk serve starts and serves reads, and all works again when there is room", async ({
  skip,
}) => {
  const { folder, token } = await prepare();
  mkdirSync(join(folder, "disk"));
  const mount = `mount -t tmpfs -o size=2m,mode=700 none disk && cp -a .data/. disk && exec "$@"`;
  const fill = `cat /dev/zero > disk/ballast 2>/dev/null;`;
  const probe = spawnSync("unshare", ["-rm", "sh", "-c", mount, "sh", "true"], {
    cwd: folder,
    encoding: "utf8",
  });
  skip(probe.status !== 0, `no small disk can be mounted: ${probe.stderr}`);
  const script = mount.replace("exec", `{ ${fill} true; } && exec`);
  const serving = await startServing(
    { folder, within: ["unshare", "-rm", "sh", "-c", script, "sh"] },
    "--data",
    "disk",
  );
  const { read, list, search, change, ready, alive } = asking(serving, token);
  for (const ask of [read, list, search, alive]) expect(await ask()).toBe("200");
  // Some of so many are the first to need the store after a look at its files.
  for (let count = 0; count < 300; count += 1) expect(await search()).toBe("200");
  expect(await ready()).toBe(full);
  expect(await change(3)).toBe(`${full} The change was not applied.`);
  for (const ask of [read, list, search, alive]) expect(await ask()).toBe("200");
  expect(await ready()).toBe(full);

  rmSync(`/proc/${serving.child.pid}/root${folder}/disk/ballast`);
  expect(await change(4)).toBe("200");
  for (const ask of [read, list, search, ready]) expect(await ask()).toBe("200");
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test.each(["serve", "import"])(
  "%s on a full disk without a store is one sentence, and leaves nothing",
  async (command) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "report.csv"), report);
    mkdirSync(join(folder, "disk"));
    const script = `mount -t tmpfs -o size=64k,mode=700 none disk && { cat /dev/zero > disk/ballast 2>/dev/null; "$@"; code=$?; ls disk; exit $code; }`;
    const args = command === "serve" ? ["serve", "--port", "0"] : ["import", "report.csv"];
    const ended = await runFacade(
      { folder, within: ["unshare", "-rm", "sh", "-c", script, "sh"] },
      ...args,
      "--data",
      "disk",
    );
    expect(ended).toMatchObject({
      exit: 7,
      stderr: expect.stringMatching(/^install-summary-facade: The store .* the disk is full\.\n$/),
    });
    expect(ended.stdout.split("\n").filter((name) => name !== "")).toEqual(
      command === "serve" ? ["ballast", "install-summary.db-lock", "serve.lock"] : ["ballast"],
    );
  },
);

test("a failed fsync is not acknowledged, and the next changes find a sound store", async ({ skip }) => {
  const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
  skip(probe.status !== 0, "strace is not there, or may not trace");
  const { folder, token } = await prepare();
  const inject = ["-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO:when=6+5"];
  const serving = await startServing({
    folder,
    within: ["strace", "-D", "-f", "-qq", "-o", "/dev/null", ...inject],
  });
  const { read, change, ready } = asking(serving, token);
  const acknowledged: number[] = [];
  const refused: string[] = [];
  for (let value = 100; refused.length < 3 && value < 200; value += 1) {
    const end = await change(value);
    if (end === "200") acknowledged.push(value);
    else refused.push(end);
    expect(await read()).toBe("200");
  }
  expect(new Set(refused)).toEqual(
    new Set(["503 The store could not be read or written. Read again before you repeat a change."]),
  );
  expect(acknowledged.length).toBeGreaterThan(2);
  await vi.waitFor(async () => expect(await ready()).toBe("200"), { timeout: 30_000 });
  await serving.stop("SIGTERM");
  const file = join(folder, ".data", "install-summary.db");
  const logged = readLog(file, developmentTenantId).map(({ after }) => after.failedDeviceCount);
  for (const value of acknowledged) expect(logged).toContain(value);
  await expectWholeLog(file, developmentTenantId);
});

test("an import whose scratch file cannot be removed is a 503, and imports nothing", async ({ skip }) => {
  const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
  skip(probe.status !== 0, "strace is not there, or may not trace");
  const { folder, token } = await prepare();
  const log = join(folder, "calls");
  const inject = ["-e", "trace=?unlink,?unlinkat", "-e", "inject=?unlink,?unlinkat:error=EIO"];
  const serving = await startServing({
    folder,
    within: ["strace", "-D", "-f", "-qq", "-o", log, ...inject],
  });
  const response = await fetch(new URL("/api/imports", serving.url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
    body: report.replace("Outlook,1,2,", "Outlook,1,99,"),
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 503,
    body: {
      error: {
        message:
          "The scratch file of the import cannot be used: the disk reports an error. Nothing was imported.",
      },
    },
  });
  expect(readFileSync(log, "utf8")).toContain("INJECTED");
  await serving.stop("SIGTERM");
  expect(readLog(join(folder, ".data", "install-summary.db"), developmentTenantId)).toHaveLength(1);
});

test("a restore whose folder cannot be synced says that the store is restored, and what a crash may do", async ({
  skip,
}) => {
  const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
  skip(probe.status !== 0, "strace is not there, or may not trace");
  const { folder } = await prepare();
  const data = join(folder, ".data");
  expect(await runFacade({ folder }, "backup", "good.db")).toMatchObject({ exit: 0 });
  const log = join(folder, "calls");
  const inject = ["-P", data, "-e", "trace=fsync", "-e", "inject=fsync:error=EIO"];
  const place = { folder, within: ["strace", "-f", "-qq", "-o", log, ...inject] };
  const restored = await runFacade(place, "restore", "good.db");
  expect(readFileSync(log, "utf8")).toContain("INJECTED");
  expect(restored).toMatchObject({ exit: 7, stderr: "" });
  expect(restored.stdout).toContain(" store restored ");
  expect(restored.stdout).toContain(
    "Its folder cannot be used: the disk reports an error. After a crash of this machine the store that was there may be back: look with doctor, and restore again then.\n",
  );
  const file = join(data, "install-summary.db");
  expect(readLog(file, developmentTenantId).map(({ origin }) => origin)).toEqual(["import", "restore"]);
  expect(readdirSync(data).filter((name) => name.includes(".replaced-"))).toHaveLength(1);
});

test("searches work where a sandbox forbids to lower the priority of their thread", async ({ skip }) => {
  const probe = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", "true"], { encoding: "utf8" });
  skip(probe.status !== 0, "strace is not there, or may not trace");
  const { folder, token } = await prepare();
  const log = join(folder, "calls");
  const inject = ["-e", "trace=setpriority", "-e", "inject=setpriority:error=EPERM"];
  const serving = await startServing({
    folder,
    within: ["strace", "-D", "-f", "-qq", "-o", log, ...inject],
  });
  expect(await asking(serving, token).search()).toBe("200");
  expect(readFileSync(log, "utf8")).toContain("INJECTED");
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test.each([
  { what: "is moved", replace: false },
  { what: "is replaced by a copy", replace: true },
])("a facade whose data folder $what serves nothing more and ends in 7", async ({ replace }) => {
  const { folder, token } = await prepare();
  const serving = await startServing({ folder });
  const { change } = asking(serving, token);
  expect(await change(3)).toBe("200");
  renameSync(join(folder, ".data"), join(folder, "old"));
  if (replace) spawnSync("cp", ["-a", "old", ".data"], { cwd: folder });
  const [exit] = await once(serving.child, "exit");
  expect(exit).toBe(7);
  expect(serving.output()).toMatch(/moved or replaced while it was served.*\n.*stopping\n.*stopped\n/);
  await expectWholeLog(join(folder, "old", "install-summary.db"), developmentTenantId);
  if (!replace) return;
  const next = await startServing({ folder });
  expect(await asking(next, token).change(4)).toBe("200");
  expect(await next.stop("SIGTERM")).toBe(0);
});

test("a facade whose store is cut while it is served stays, and says so until it is restarted", async () => {
  const { folder, token } = await prepare();
  const serving = await startServing({ folder });
  const { read, list, change, ready, alive } = asking(serving, token);
  expect(await change(3)).toBe("200");
  const file = join(folder, ".data", "install-summary.db");
  writeFileSync(file, "");
  const damaged = "503 The store is damaged and must be restored from a backup.";
  expect(await change(4)).toBe(damaged);
  for (const ask of [() => change(5), read, list, ready]) expect(await ask()).toBe(damaged);
  expect(await alive()).toBe("200");
  expect(await serving.stop("SIGTERM")).toBe(0);
  expect(await runFacade({ folder }, "serve", "--port", "0")).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: The store ${file} is empty. Restore it from a backup.\n`,
  });
});

/** Runs programs as a user who has no name, as containers do. */
function asStranger(
  { skip }: { readonly skip: (condition: boolean, note: string) => void },
  folder: string,
): Place {
  const within = ["setpriv", "--reuid=64321", "--regid=64321", "--clear-groups"];
  const probe = spawnSync(within[0] ?? "", [...within.slice(1), process.execPath, "-e", "0"]);
  skip(probe.status !== 0, "programs cannot be run as another user");
  chownSync(folder, 64_321, 64_321);
  return { folder, within };
}

test("a user without a name can import, get a token and serve", async (context) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  const place = asStranger(context, folder);
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({ exit: 0, stderr: "" });
  const { stdout: token } = await runFacade(place, "token");
  const serving = await startServing(place);
  expect(await asking(serving, token.trim()).change(3)).toBe("200");
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test("a store that root restores belongs to the owner of the one before, or of its folder, who goes on to serve it", async (context) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "report.csv"), report);
  const place = asStranger(context, folder);
  const data = join(folder, ".data");
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({ exit: 0 });
  expect(await runFacade({ folder }, "backup", "b.db")).toMatchObject({ exit: 0 });
  for (const before of ["there", "missing"]) {
    if (before === "missing") rmSync(join(data, "install-summary.db"));
    expect(await runFacade({ folder }, "restore", "b.db")).toMatchObject({ exit: 0 });
    const owners = readdirSync(data).map((name) => [name, statSync(join(data, name)).uid]);
    expect(owners).toEqual(readdirSync(data).map((name) => [name, 64_321]));
    const serving = await startServing(place);
    expect(await serving.stop("SIGTERM")).toBe(0);
  }
});

test("a folder, a key and certificates that root makes where another user owns the folder belong to that user", async (context) => {
  const folder = temporaryFolder();
  const place = asStranger(context, folder);
  const data = join(folder, ".data");
  expect(await runFacade({ folder }, "token")).toMatchObject({ exit: 0, stderr: "" });
  const first = await startServing({ folder }, "--https");
  expect(await first.stop("SIGTERM")).toBe(0);
  const names = ["", ...readdirSync(data)];
  expect(names).toEqual(
    expect.arrayContaining(["", "ca.pem", "ca-key.pem", "development-key.pem", "https.pem"]),
  );
  expect(names.map((name) => [name, statSync(join(data, name)).uid])).toEqual(
    names.map((name) => [name, 64_321]),
  );
  expect(statSync(join(data, "ca-key.pem")).mode & 0o777).toBe(0o600);
  const { stdout: token } = await runFacade(place, "token");
  expect(token).toMatch(/^ey/);
  const again = await startServing(place, "--https");
  expect(await again.stop("SIGTERM")).toBe(0);
});

test("a store of another user is named with its owner and what to do", async (context) => {
  const { folder } = await prepare();
  const place = asStranger(context, folder);
  const data = join(folder, ".data");
  const file = join(data, "install-summary.db");
  chownSync(data, 64_321, 64_321);
  const owner = `It belongs to root, and this runs as 64321. Run the command as root.`;
  expect(await runFacade(place, "serve", "--port", "0")).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: The store ${file} or its folder cannot be written. ${owner}\n`,
  });
  expect(await runFacade(place, "backup", "b.db")).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: The store ${file} cannot be opened. ${owner}\n`,
  });
  const doctor = await runFacade(place, "doctor", "--port", "0");
  expect(doctor.stdout).toContain(`FAIL  store        The store ${file} cannot be opened. ${owner}`);
});

test("a served store of another user is neither exported nor copied, and its owner is named", async (context) => {
  const { folder } = await prepare();
  const place = asStranger(context, folder);
  const data = join(folder, ".data");
  const file = join(data, "install-summary.db");
  await startServing({ folder });
  const owner = "belongs to root, and this runs as 64321. Run the command as root.";
  const commands = [["export"], ["backup", "b.db"]];
  const ends = async (): Promise<unknown> => Promise.all(commands.map((words) => runFacade(place, ...words)));
  const refused = (told: string): unknown =>
    commands.map(() => ({ exit: 2, stdout: "", stderr: `install-summary-facade: ${told}\n` }));
  chmodSync(data, 0o700);
  expect(await ends()).toEqual(
    refused(`The path ${file} cannot be used: permission denied. Its folder ${data} ${owner}`),
  );
  chmodSync(data, 0o755);
  expect(await ends()).toEqual(
    refused(`The lock file ${file}-lock cannot be used: permission denied. It ${owner}`),
  );
});

test("a store that may only be read is refused with 2, leaves nothing beside it, and starts once that is mended", async (context) => {
  const { folder } = await prepare();
  const place = asStranger(context, folder);
  const data = join(folder, ".data");
  const file = join(data, "install-summary.db");
  for (const name of ["", ...readdirSync(data)]) chownSync(join(data, name), 64_321, 64_321);
  chmodSync(file, 0o400);
  expect(await runFacade(place, "serve", "--port", "0")).toMatchObject({
    exit: 2,
    stderr: `install-summary-facade: The store ${file} or its folder cannot be written.\n`,
  });
  for (const end of ["-wal", "-shm"]) expect(existsSync(file + end)).toBe(false);
  chmodSync(file, 0o600);
  const serving = await startServing(place);
  expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  expect(await serving.stop("SIGTERM")).toBe(0);
});

test("a second serve on the store of a first one is refused with 2, whichever data folder it has", async () => {
  const { folder } = await prepare();
  const first = await startServing({ folder });
  const store = `sqlite:${join(folder, ".data", "install-summary.db")}`;
  for (const args of [[], ["--data", "other", "--store", store]]) {
    const second = await runFacade({ folder }, "serve", "--port", "0", ...args);
    expect(second).toMatchObject({ exit: 2, stderr: expect.stringContaining("Another facade serves the") });
  }
  rmSync(join(folder, ".data", "serve.lock"));
  expect(await runFacade({ folder }, "serve", "--port", "0")).toMatchObject({ exit: 2 });
  expect(await first.stop("SIGTERM")).toBe(0);
});
