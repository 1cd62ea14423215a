import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const module = JSON.stringify(new URL("stop-signal.ts", import.meta.url).href);

/** Runs a script that stops by signals, and resolves once it has said that it is ready. */
async function start(script: string, ...args: readonly string[]) {
  const child = spawn(
    process.execPath,
    [
      "--conditions=@install-summary/source",
      "--input-type=module",
      "--eval",
      `import { stopSignal } from ${module}; ${script}`,
      ...args,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  await once(child.stdout, "data");
  return { child, ended };
}

test.skipIf(process.platform === "win32")(
  "the deadline ends a process that a file holds, which no exit does",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const { child, ended } = await start(
      `import { open } from "node:fs";
       const stop = stopSignal({ signals: ["SIGTERM"], deadline: 200 });
       // It waits for a writer, in a thread.
       open(process.argv[1], () => undefined);
       console.log("ready");`,
      pipe,
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGKILL"]);
  },
);

test.skipIf(process.platform === "win32")("a second signal ends the process at once", async () => {
  const { child, ended } = await start(
    `const stop = stopSignal({ signals: ["SIGTERM"], deadline: 60_000 });
     stop.addEventListener("abort", () => console.log("stopping"));
     setInterval(() => undefined, 1000);
     console.log("ready");`,
  );
  child.kill("SIGTERM");
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  expect(await ended).toEqual([143, null]);
});
