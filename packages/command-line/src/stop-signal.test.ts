import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, type TestContext } from "vitest";

const module = JSON.stringify(new URL("stop-signal.ts", import.meta.url).href);

/** Runs a script that stops by signals, and resolves once it has said that it is ready. */
function start(script: string, ...args: readonly string[]) {
  return startBy([process.execPath], script, args);
}

/** The same for a process that may open few files. */
function startWithFewFiles(script: string) {
  return startBy(["sh", "-c", 'ulimit -n 64; exec "$0" "$@"', process.execPath], script, []);
}

/** The same for a process that may start no more threads once it has said so. */
function startWithNoMoreThreads(script: string, { skip }: TestContext) {
  // The limit is not the superuser's.
  const within =
    process.geteuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  const tried = [...within, "prlimit", "--nproc=1", process.execPath, "--version"];
  const { status } = spawnSync(tried[0] ?? "", tried.slice(1));
  skip(status !== 0, "no limit of threads can be set here");
  const limit = `import { execFileSync } from "node:child_process";
    const allowNoMore = () => execFileSync("prlimit", ["--pid", String(process.pid), "--nproc=1"]);`;
  return startBy([...within, process.execPath], `${limit} ${script}`, []);
}

async function startBy(
  [command = "", ...before]: readonly string[],
  script: string,
  args: readonly string[],
) {
  const child = spawn(
    command,
    [
      ...before,
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

/** A pipe without a writer: what opens it waits for ever. */
function makePipe(): string {
  const folder = mkdtempSync(join(tmpdir(), "install-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  return pipe;
}

describe.skipIf(process.platform === "win32")("a process", () => {
  test.each([
    { held: "a thread", script: `open(process.argv[1], () => undefined); console.log("ready");` },
    {
      held: "the main thread",
      script: `stop.addEventListener("abort", () => openSync(process.argv[1])); setInterval(() => undefined, 1000);
               console.log("ready");`,
    },
  ])("is ended by the signal itself at the deadline while a file holds $held", async ({ script }) => {
    const { child, ended } = await start(
      `import { open, openSync } from "node:fs";
       const stop = stopSignal({ signals: ["SIGTERM"], deadline: 200 });
       ${script}`,
      makePipe(),
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  test.each([
    ["SIGINT", "SIGINT"],
    ["SIGTERM", "SIGTERM"],
    ["SIGHUP", "SIGTERM"],
  ] as const)(
    "that was asked to end by %s is ended by %s at the deadline, whoever else listens to it",
    async (signal, by) => {
      const { child, ended } = await start(
        `process.on("${signal}", () => undefined);
         stopSignal({ signals: ["${signal}"], deadline: 200 });
         process.on("${signal}", () => undefined);
         setInterval(() => undefined, 1000);
         console.log("ready");`,
      );
      child.kill(signal);
      expect(await ended).toEqual([null, by]);
    },
  );

  test("is ended at once by a second signal, while a file holds its main thread too", async () => {
    const { child, ended } = await start(
      `import { openSync } from "node:fs";
       const stop = stopSignal({ signals: ["SIGINT", "SIGTERM"], deadline: 60_000 });
       stop.addEventListener("abort", () => { console.log("stopping"); openSync(process.argv[1]); });
       setInterval(() => undefined, 1000);
       console.log("ready");`,
      makePipe(),
    );
    child.kill("SIGINT");
    await once(child.stdout, "data");
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  test.each(["SIGHUP", "SIGINT"] as const)(
    "goes on stopping after %s when the end of its terminal is told again, and a second signal of another kind ends it",
    async (first) => {
      const { child, ended } = await start(
        `const stop = stopSignal({ signals: ["SIGINT", "SIGTERM", "SIGHUP"], deadline: 60_000 });
         stop.addEventListener("abort", () => console.log("stopping"));
         process.on("SIGUSR2", () => console.log("lives"));
         setInterval(() => undefined, 1000);
         console.log("ready");`,
      );
      child.kill(first);
      await once(child.stdout, "data");
      child.kill("SIGHUP");
      child.kill("SIGUSR2");
      expect(String(await once(child.stdout, "data"))).toBe("lives\n");
      child.kill("SIGTERM");
      expect(await ended).toEqual([null, "SIGTERM"]);
    },
  );

  // Without room for a file no thread can be started either.
  const openAll = `import { openSync } from "node:fs";
       const openAll = () => { try { for (;;) openSync("/dev/null"); } catch { console.log("ready"); } };`;

  test("that may open no more files ends in order", async () => {
    const { child, ended } = await startWithFewFiles(
      `${openAll}
       const stop = stopSignal({ signals: ["SIGTERM"], deadline: 60_000 });
       const work = setInterval(() => undefined, 1000);
       stop.addEventListener("abort", () => setTimeout(() => clearInterval(work), 300));
       openAll();`,
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  test("that may open no more files is ended by the signal at the deadline where it does not end", async () => {
    const { child, ended } = await startWithFewFiles(
      `${openAll}
       stopSignal({ signals: ["SIGTERM"], deadline: 200 });
       setInterval(() => undefined, 1000);
       openAll();`,
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  test("that may start no more threads ends in order", async (context) => {
    const { child, ended } = await startWithNoMoreThreads(
      `const stop = stopSignal({ signals: ["SIGTERM"], deadline: 60_000 });
       const work = setInterval(() => undefined, 1000);
       stop.addEventListener("abort", () => setTimeout(() => clearInterval(work), 300));
       allowNoMore();
       console.log("ready");`,
      context,
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  test("that may start no more threads is ended by the signal at the deadline where it does not end", async (context) => {
    const { child, ended } = await startWithNoMoreThreads(
      `stopSignal({ signals: ["SIGTERM"], deadline: 200 });
       setInterval(() => undefined, 1000);
       allowNoMore();
       console.log("ready");`,
      context,
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([null, "SIGTERM"]);
  });

  test("that ends in order does not wait for the deadline", async () => {
    const { child, ended } = await start(
      `const stop = stopSignal({ signals: ["SIGTERM"], deadline: 60_000 });
       const work = setInterval(() => undefined, 1000);
       stop.addEventListener("abort", () => clearInterval(work));
       console.log("ready");`,
    );
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });
});
