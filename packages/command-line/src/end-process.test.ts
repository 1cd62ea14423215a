import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test, type TestContext } from "vitest";

const module = JSON.stringify(new URL("end-process.ts", import.meta.url).href);

function start({ onTestFinished }: TestContext, script: string, ...args: readonly string[]) {
  const flags = ["--conditions=@install-summary/source", "--input-type=module", "--eval"];
  const code = `import { endProcess } from ${module}; ${script}`;
  const child = spawn(process.execPath, [...flags, code, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, ended: once(child, "exit") };
}

// Most of them wait for seconds, so they do it at the same time.
describe.concurrent("at its end", () => {
  test("a process ends at once with its exit code where nothing is left", async (context) => {
    expect(await start(context, "endProcess(7);").ended).toEqual([7, null]);
  });

  test("what is left is done, and what a slow reader has not taken yet arrives", async (context) => {
    const { child, ended } = start(
      context,
      `process.stdout.write("x".repeat(5_000_000)); setTimeout(() => process.stdout.write("end"), 100); endProcess(0);`,
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await text(child.stdout)).toMatch(/^x{5000000}end$/);
    expect(await ended).toEqual([0, null]);
  });

  const unread = `process.stdout.write("x".repeat(5_000_000), () => undefined);`;

  test.skipIf(process.platform === "win32").for([
    [130, "SIGINT"],
    [143, "SIGTERM"],
    [129, "SIGHUP"],
  ] as const)(
    "with the exit code %i a process whose output nobody reads ends by %s",
    async ([exit, signal], context) => {
      const { ended } = start(
        context,
        `process.on("${signal}", () => undefined); ${unread} endProcess(${exit});`,
      );
      expect(await ended).toEqual([null, signal]);
    },
  );

  test.skipIf(process.platform === "win32").for(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "a process whose work is done, and whose output nobody reads, ends at once by %s",
    async (signal, context) => {
      const { child, ended } = start(
        context,
        `process.on("${signal}", () => undefined); ${unread} endProcess(0); process.stderr.write("done");`,
      );
      await once(child.stderr, "data");
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
    },
  );

  test.skipIf(process.platform === "win32").for(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "a process whose work is done, and whose output nobody reads, ends by %s that arrived just before",
    async (signal, context) => {
      const heard = `process.on("${signal}", () => undefined); process.kill(process.pid, "${signal}");`;
      expect(await start(context, `${unread} ${heard} endProcess(0);`).ended).toEqual([null, signal]);
      expect(
        await start(context, `${unread} setImmediate(() => { ${heard} endProcess(0); });`).ended,
      ).toEqual([null, signal]);
      expect(await start(context, `${unread} setTimeout(() => { ${heard} endProcess(0); });`).ended).toEqual([
        null,
        signal,
      ]);
    },
  );

  test.skipIf(process.platform === "win32").for([
    [0, "SIGTERM"],
    [130, "SIGINT"],
    [143, "SIGTERM"],
    [129, "SIGHUP"],
  ] as const)(
    "with the exit code %i a process that a pipe holds ends by %s",
    async ([exit, signal], context) => {
      const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
      context.onTestFinished(() => rmSync(folder, { recursive: true }));
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      const { ended } = start(
        context,
        `import { open } from "node:fs";
     open(process.argv[1], () => undefined);
     process.on("${signal}", () => undefined);
     endProcess(${exit});`,
        pipe,
      );
      expect(await ended).toEqual([null, signal]);
    },
  );
});
