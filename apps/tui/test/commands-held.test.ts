import { openTerminal } from "@tooling/terminal";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants as file, openSync, readSync } from "node:fs";
import { constants } from "node:os";
import { describe, expect, onTestFinished, test } from "vitest";
import { signedIn, useCommandsFixture } from "./commands-fixture.ts";
import { ownHome } from "./own-home.ts";
import { program } from "./run-program.ts";
import { until } from "./until.ts";

const fixture = useCommandsFixture();

function environment() {
  return { PATH: process.env["PATH"], ...ownHome, ...signedIn(fixture.server) };
}

const signals = [
  ["SIGTERM", 143],
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const;

describe.skipIf(process.platform !== "linux").each(signals)("%s ends", (signal, exit) => {
  test("a list whose terminal is held by Ctrl-S", async () => {
    const terminal = openTerminal({
      command: "sh",
      // Ctrl-S comes before the first word of the program.
      args: ["-c", 'read line; exec "$0" "$@"', process.execPath, program, "list"],
      folder: fixture.folder,
      env: environment(),
    });
    onTestFinished(() => terminal.close());
    terminal.type("\r\u0013");
    await until(() => fixture.server.requests.length > 0);
    terminal.signal(signal);
    expect(await terminal.ended).toBeOneOf([
      { exitCode: exit, signal: 0 },
      { exitCode: 0, signal: constants.signals[signal] },
    ]);
  });

  test("a list whose output nobody reads to its end", async () => {
    const pipe = `${fixture.folder}/pipe`;
    execFileSync("mkfifo", [pipe]);
    const held = openSync(pipe, file.O_RDWR | file.O_NONBLOCK);
    onTestFinished(() => closeSync(held));
    // What is in it already leaves the program no room.
    execFileSync("sh", ["-c", "head -c 65536 /dev/zero >&3"], {
      stdio: ["ignore", "ignore", "inherit", held],
    });
    const child = spawn(process.execPath, [program, "list", "-o", "json"], {
      cwd: fixture.folder,
      env: environment(),
      stdio: ["ignore", held, "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "exit");
    await until(() => fixture.server.requests.length > 0);
    child.kill(signal);
    expect(await ended).toBeOneOf([
      [exit, null],
      [null, signal],
    ]);
    expect(readSync(held, Buffer.alloc(65_536))).toBe(65_536);
  });
});
