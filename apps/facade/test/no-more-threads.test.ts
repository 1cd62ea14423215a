import { spawnSync } from "node:child_process";
import { chownSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { apps, report, summary } from "./facades.ts";
import { runFacade, startServing } from "./programs.ts";
import { openConnection } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

/** A user that owns no other process, and to whom limits apply. */
const user = 64_323;

test("where no thread can be started any more a search gets a 503, all else goes on, and SIGTERM ends it in order", async ({
  skip,
}) => {
  const as = [`--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
  const within = ["setpriv", ...as];
  const limit = (...words: readonly string[]) => spawnSync("setpriv", [...as, "prlimit", ...words]).status;
  skip(limit("--nproc=1000", process.execPath, "--version") !== 0, "no other user can be limited here");
  const folder = temporaryFolder();
  chownSync(folder, user, user);
  writeFileSync(join(folder, "report.csv"), report);
  const place = { folder, within };
  expect(await runFacade(place, "import", "report.csv")).toMatchObject({ exit: 0 });
  const token = (await runFacade(place, "token")).stdout.trim();
  const { child, url, stop } = await startServing(place);
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(new URL(apps, url), { headers })).status).toBe(200);

  expect(limit("--pid", String(child.pid), "--nproc=1")).toBe(0);
  const search = new URL(`${apps}?$search="fabrikam"`, url);
  const searched = await fetch(search, { headers });
  expect([searched.status, await searched.text()]).toEqual([
    503,
    expect.stringContaining("The search failed. Please retry again later."),
  ]);
  const { socket, received, ended } = await openConnection(url);
  const body = JSON.stringify({ failedDeviceCount: 8 });
  const head = [
    `PATCH ${summary} HTTP/1.1`,
    "Host: localhost",
    `Authorization: ${headers.authorization}`,
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Expect: 100-continue",
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await received(/100 Continue/);
  const stopped = stop("SIGTERM");
  await expect(
    (async () => {
      for (;;) await (await fetch(new URL("/livez", url))).text();
    })(),
  ).rejects.toThrow("fetch failed");
  socket.write(body);
  expect(await ended).toMatch(/^HTTP\/1\.1 200 /m);
  expect(await stopped).toBe(0);
});
