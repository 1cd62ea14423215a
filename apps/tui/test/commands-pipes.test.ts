import { execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { expect, test } from "vitest";
import { google, signedIn, useCommandsFixture } from "./commands-fixture.ts";
import { startProgram } from "./run-program.ts";
import { until } from "./until.ts";

// A file can be a pipe whose writer gives nothing, such as `<(…)` of a shell: a read of it holds a thread of the process.

const fixture = useCommandsFixture();

/** Opens a pipe for writing once the program reads it. */
async function openOnceRead(pipe: string): Promise<FileHandle> {
  let writer: FileHandle | undefined;
  await until(async () => {
    // Without a reader there is ENXIO.
    writer = await open(pipe, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => undefined);
    return writer !== undefined;
  });
  if (writer === undefined) throw new Error("Nothing reads the pipe.");
  return writer;
}

const byFile = { INSTALL_SUMMARY_TOKEN: "", INSTALL_SUMMARY_TOKEN_FILE: "pipe" };

interface Case {
  readonly waits: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: "SIGINT" | "SIGTERM";
}

const cases: readonly Case[] = [
  { waits: "set for a patch", args: ["set", google, "@pipe"] },
  { waits: "set for a patch", args: ["set", google, "@pipe"], signal: "SIGTERM" },
  { waits: "plan for its file", args: ["plan", "pipe"] },
  { waits: "apply for its plan", args: ["apply", "pipe"] },
  { waits: "import for its report", args: ["import", "pipe"] },
  {
    waits: "contract verify for the reader's token",
    args: ["contract", "verify", "URL", "--reader-token-file", "pipe"],
  },
  { waits: "list for a token", args: ["list"], env: byFile },
  { waits: "set for a token", args: ["set", google, "failed=8"], env: byFile },
  { waits: "doctor for a token", args: ["doctor"], env: byFile },
];

const shownExit = { SIGINT: 130, SIGTERM: 143 };

// Windows has no pipes in folders.
test
  .skipIf(process.platform !== "linux")
  .for(cases.map((each) => ({ env: {}, signal: "SIGINT" as const, ...each })))(
  "$waits no longer than to the first $signal",
  async ({ args, env, signal }) => {
    const { folder: cwd, server } = fixture;
    const pipe = `${cwd}/pipe`;
    execFileSync("mkfifo", [pipe]);
    const words = args.map((word) => (word === "URL" ? server.url : word));
    const { child, ended } = startProgram(words, {
      env: { ...signedIn(server), ...env },
      cwd,
    });
    const writer = await openOnceRead(pipe);
    try {
      child.kill(signal);
      const { exit, stdout, stderr } = await ended;
      // While a read holds a thread only the signal ends the process. Shells give that the same exit code.
      const shown = child.signalCode === signal ? shownExit[signal] : exit;
      expect({ exit: shown, stdout }).toEqual({ exit: shownExit[signal], stdout: "" });
      expect(stderr).toMatch(/^install-summary: Stopped by (?:Ctrl-C|SIGTERM)\./);
      expect(server.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    } finally {
      await writer.close();
    }
  },
);
