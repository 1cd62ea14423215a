import { once } from "node:events";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { isLocked } from "../src/data-folder/lock-file.ts";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { outcome, report, unknownId, useFacade, type TestFacade } from "./facades.ts";
import { runFacade, startFacade } from "./programs.ts";
import { openConnection } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

const running503 =
  "503 ServiceUnavailable Another import of this tenant is running. Please retry when it is done.";

/** A facade and a place for commands that share a store. */
async function share() {
  const folder = temporaryFolder();
  const data = join(folder, "data");
  writeFileSync(join(folder, "apps.csv"), report);
  const facade = await useFacade({ settings: { data } });
  const running7 = {
    exit: 7,
    stdout: "",
    stderr: `install-summary-facade: Another import of the tenant ${developmentTenantId} into ${join(data, "install-summary.db")} is running. Import again when it is done: the numbers of two reports would mix.\n`,
  };
  const command = (...args: readonly string[]) =>
    runFacade({ folder }, "import", "apps.csv", "--data", data, ...args);
  return { folder, data, facade, running7, command };
}

/** Waits until an import into a store of a folder has its turn. */
async function taken(data: string): Promise<void> {
  const turns = () => readdirSync(data).filter((name) => name.includes(".db-import-"));
  while (!turns().some((name) => isLocked(join(data, name)))) await delay(5);
}

async function post(facade: TestFacade): Promise<string> {
  const headers = { "Content-Type": "text/csv" };
  return outcome(await facade.call("POST", "/api/imports", { body: report, headers }));
}

test("while a request imports, a command does not; a dry run and another tenant's import do", async () => {
  const { facade, running7, command } = await share();
  const { socket, received } = await openConnection(facade.url);
  const token = await facade.issueToken();
  socket.write(
    `POST /api/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: text/csv\r\nContent-Length: ${Buffer.byteLength(report)}\r\nExpect: 100-continue\r\n\r\n`,
  );
  await received(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  expect(await command()).toEqual(running7);
  await expect(facade.importReport(new Blob([report]).stream())).rejects.toMatchObject({ status: 503 });
  expect(await command("--dry-run")).toMatchObject({ exit: 0 });
  expect(await command("--tenant", unknownId)).toMatchObject({ exit: 0 });
  socket.write(report);
  await received(/^HTTP\/1\.1 200 /m);
  expect(await command()).toMatchObject({ exit: 0 });
});

test("while a command imports, neither a request nor another command does, and one that was killed leaves the turn", async () => {
  const { folder, data, facade, running7, command } = await share();
  const first = startFacade({ folder }, "import", "-", "--data", data);
  const ended = once(first, "exit");
  // The command waits for its file, and has its turn meanwhile.
  await taken(data);
  expect(await post(facade)).toBe(running503);
  expect(await command()).toEqual(running7);
  first.kill("SIGKILL");
  await ended;
  expect(await command()).toMatchObject({ exit: 0 });
  expect(await post(facade)).toBe("200");
});

test("a command that is done leaves the turn to requests", async () => {
  const { folder, data, facade } = await share();
  const stdin = new PassThrough();
  const first = runFacade({ folder, stdin }, "import", "-", "--data", data);
  await taken(data);
  expect(await post(facade)).toBe(running503);
  stdin.end(report);
  expect(await first).toMatchObject({ exit: 0 });
  expect(await post(facade)).toBe("200");
});

test("a turn that cannot be had is a 503, and a sentence of the command", async () => {
  const { data, facade, command } = await share();
  expect(await command()).toMatchObject({ exit: 0 });
  const [turn = ""] = readdirSync(data).filter((name) => name.includes(".db-import-"));
  rmSync(join(data, turn));
  mkdirSync(join(data, turn));
  expect(await post(facade)).toMatch(/^503 ServiceUnavailable /);
  expect(await command()).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining(`${turn} is not a lock: a lock is an empty file. Move it aside.`),
  });
});
