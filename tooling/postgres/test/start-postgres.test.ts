import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { startPostgres, whyNoPostgres } from "../src/start-postgres.ts";

const missing = whyNoPostgres();

test("a server has databases, goes on after a crash, and ends with its folder", async (context) => {
  if (missing !== undefined) return context.skip(missing);
  let folder = "";
  {
    await using server = await startPostgres();
    ({ folder } = server);
    const database = await server.createDatabase();
    await server.query("CREATE TABLE t (a text)", [], database);
    await server.query("INSERT INTO t VALUES ('here')", [], database);
    await server.stop("SIGQUIT");
    await server.start();
    expect(await server.query("SELECT a FROM t", [], database)).toEqual([{ a: "here" }]);
    expect(await server.query("SHOW server_version_num")).toMatchObject([
      { server_version_num: expect.stringMatching(/^18/) },
    ]);
    await server.dropDatabase(database);
  }
  expect(existsSync(folder)).toBe(false);
});

test("a server ends when the process that started it is killed", async (context) => {
  if (missing !== undefined) return context.skip(missing);
  const module = new URL("../src/start-postgres.ts", import.meta.url).href;
  const code = `const { startPostgres } = await import(${JSON.stringify(module)});
    const server = await startPostgres();
    console.log(JSON.stringify({ pid: server.pid(), folder: server.folder }));
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(owner.stdout), "line");
  const { pid, folder } = JSON.parse(String(line));
  owner.kill("SIGKILL");
  await expect.poll(() => isRunning(pid)).toBe(false);
  await expect.poll(() => existsSync(folder)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
