import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openTerminal, type Terminal } from "@tooling/terminal";
import { afterEach, expect, test } from "vitest";
import { google, patchesAt, signedIn, useCommandsFixture } from "./commands-fixture.ts";
import { ownHome } from "./own-home.ts";
import { program } from "./run-program.ts";

const fixture = useCommandsFixture();

let terminal: Terminal | undefined;
afterEach(() => terminal?.close());

/** Runs a command in a terminal of so many columns. */
function startInTerminal(args: readonly string[], columns = 80): Terminal {
  const env = { PATH: process.env["PATH"], ...ownHome, ...signedIn(fixture.server) };
  terminal = openTerminal({ command: process.execPath, args: [program, ...args], columns, env });
  return terminal;
}

async function startSet(): Promise<Terminal> {
  const started = startInTerminal(["set", google, "failed=8"]);
  await started.shows("[y/N]");
  expect(started.screen()).toContain("Failed devices      16      8  −8");
  expect(started.screen()).toContain("Send failed devices 16 → 8 to Google 給与計算システム 2.2 · Windows (");
  return started;
}

test("set asks, and sends after yes", async () => {
  const asking = await startSet();
  expect(patchesAt(fixture.server)).toEqual([]);
  asking.type("y\r");
  expect((await asking.ended).exitCode).toBe(0);
  expect(fixture.server.current(google).summary.failedDeviceCount).toBe(8);
});

test.each([
  ["another reply", "n\r", 2],
  ["no reply", "\r", 2],
  ["the end of input", "\u0004", 2],
  ["Ctrl-C", "\u0003", 130],
])("%s sends nothing", async (_, keys, exit) => {
  const asking = await startSet();
  asking.type(keys);
  expect((await asking.ended).exitCode).toBe(exit);
  expect(patchesAt(fixture.server)).toEqual([]);
});

test("a line typed before the question appears does not answer it", async () => {
  const read = Promise.withResolvers<void>();
  fixture.server.intervene(({ method }) => (method === "GET" ? { until: read.promise } : undefined));
  const started = startInTerminal(["set", google, "failed=8"]);
  started.type("y\ryes\r");
  await started.shows(/y\nyes\n/);
  read.resolve();
  await started.shows("[y/N]");
  started.type("n\r");
  expect((await started.ended).exitCode).toBe(2);
  expect(patchesAt(fixture.server)).toEqual([]);
});

test.for([
  {
    what: "set",
    args: ["set", google, "failed=8"],
    question: "Send failed devices 16 → 8 to Google 給与計算システム 2.2 · Windows (",
  },
  {
    what: "apply",
    args: ["apply", "plan.json"],
    question: "Send the changes of Google 給与計算システム 2.2 · Windows (",
  },
])(
  "where the result of $what goes to a file, the change is shown above its question",
  async (one, { skip }) => {
    const { args, question } = one;
    skip(!existsSync("/bin/sh"), "/bin/sh is not installed");
    const change = {
      id: google,
      etag: 'W/"7"',
      before: { failedDeviceCount: 16 },
      patch: { failedDeviceCount: 8 },
    };
    const plan = { format: 1, url: fixture.server.url, changes: [change] };
    await writeFile(join(fixture.folder, "plan.json"), JSON.stringify(plan));
    const env = { PATH: process.env["PATH"], ...ownHome, ...signedIn(fixture.server) };
    const started = openTerminal({
      command: "/bin/sh",
      args: ["-c", 'exec "$0" "$@" > result.txt', process.execPath, program, ...args],
      columns: 80,
      env,
      folder: fixture.folder,
    });
    terminal = started;
    await started.shows("[y/N]");
    expect(started.screen()).toMatch(/Failed devices +16 +8 +−8/);
    expect(started.screen()).toContain(question);
    started.type("n\r");
    expect((await started.ended).exitCode).toBe(2);
  },
);

test("--yes does not ask", async () => {
  const started = startInTerminal(["set", google, "failed=8", "--yes"]);
  expect((await started.ended).exitCode).toBe(0);
  expect(started.screen()).not.toContain("[y/N]");
  expect(patchesAt(fixture.server)).toHaveLength(1);
});

test("a list fits the terminal that it is printed on", async () => {
  const started = startInTerminal(["list"]);
  expect((await started.ended).exitCode).toBe(0);
  const [header] = started.screen().split("\n");
  expect(header).toBe("App              Platform  Installed  Failed  Not a…  Not i…  Pending  Id");
  expect(started.screen()).toContain("00000000…");
});
