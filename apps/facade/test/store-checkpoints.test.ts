import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { MessageChannel, Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { createCheckpointer } from "../src/store/sqlite/checkpointer.ts";
import { startThread } from "../src/store/sqlite/start-thread.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp } from "./samples.ts";
import { expectWholeLog, openTestStore, temporaryFolder } from "./stores.ts";

/** How many pages a store's log has, and how many of them are in the store's file too. */
function readLogState(file: string): { readonly log: number; readonly checkpointed: number } {
  using database = new DatabaseSync(file);
  const state = database.prepare("PRAGMA wal_checkpoint(NOOP)").get();
  return { log: Number(state?.["log"]), checkpointed: Number(state?.["checkpointed"]) };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

/** A text that takes a page of its own. */
function longText(round: number): string {
  return `${round} `.repeat(4096).slice(0, 4096);
}

test("after many changes what was committed is moved into the store's file", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const tenant = openTenant(store);
  const before = statSync(file).size;
  const changeOften = async (groups: number): Promise<void> => {
    for (let group = 0; group < groups; group += 1) {
      await Promise.all(Array.from({ length: 900 }, () => tenant.update(appId, incrementing, request)));
    }
  };
  await changeOften(20);
  expect(readLogState(file).checkpointed).toBe(0);
  await changeOften(40);
  await until(() => readLogState(file).checkpointed > 0);
  expect(statSync(file).size).toBeGreaterThan(before);
  await expectWholeLog(file);
});

test("the log stays bounded while writers never pause", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  const ids = Array.from(
    { length: 500 },
    (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`,
  );
  await addApps(
    store,
    ids.map((id) => sampleApp({ id })),
  );
  const tenant = openTenant(store);
  for (let round = 0; round < 60; round += 1) {
    const description = longText(round);
    await tenant.importApps(
      ids.map((id) => ({
        appId: id,
        decide: (current) => ({
          kind: "changed",
          app: sampleApp({ id, description }),
          ...(current !== undefined && { summary: { ...current.summary, failedDeviceCount: round } }),
        }),
      })),
      request,
    );
  }
  // More than 200 MiB were written. At 48 MiB commits wait for the thread; at 64 MiB one would make a checkpoint itself.
  expect(statSync(`${file}-wal`).size).toBeLessThan(60 * 1024 * 1024);
  await expectWholeLog(file);
});

test("commits wait once the log has its maximum, until a checkpoint has come to its end", async () => {
  const { port1: asked, port2: port } = new MessageChannel();
  onTestFinished(() => asked.close());
  // Each checkpoint takes until the test says what it has found.
  const code = `const { parentPort, workerData: port } = require("node:worker_threads");
    parentPort.on("message", (asked) => (asked === "end" ? process.exit() : port.postMessage("checkpoint")));
    port.on("message", (result) => parentPort.postMessage(result));`;
  const checkpointer = createCheckpointer({
    file: "store.db",
    everyPages: 10,
    maxLogPages: 30,
    start: () => Promise.resolve(new Worker(code, { eval: true, workerData: port, transferList: [port] })),
  });
  onTestFinished(() => checkpointer.end());
  const isPaused = (): boolean => checkpointer.pause() !== undefined;

  checkpointer.note(10);
  await once(asked, "message");
  checkpointer.note(20);
  expect(isPaused()).toBe(false);
  checkpointer.note(1);
  expect(isPaused()).toBe(true);
  // All that was there when it began was moved, and not what came meanwhile: the log is not started anew.
  asked.postMessage({ log: 10, moved: 10 });
  await once(asked, "message");
  expect(isPaused()).toBe(true);
  asked.postMessage({ log: 31, moved: 31 });
  await checkpointer.pause();
  expect(isPaused()).toBe(false);

  checkpointer.note(20);
  await once(asked, "message");
  // A reader keeps the log from being moved whole. Commits wait for one more checkpoint, and no longer.
  asked.postMessage({ log: 31, moved: 5 });
  await once(asked, "message");
  expect(isPaused()).toBe(true);
  asked.postMessage({ log: 31, moved: 5 });
  await checkpointer.pause();
  expect(isPaused()).toBe(false);
});

test("a process with nothing else to do does not end while its changes wait for a checkpoint", () => {
  const pauser = fileURLToPath(new URL("store-pauser.ts", import.meta.url));
  const file = join(temporaryFolder(), "store.db");
  const args = ["--conditions=@install-summary/source", pauser, file];
  const child = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(child).toMatchObject({ status: 0, stdout: "40000", stderr: "" });
});

test("a thread that dies or cannot start is started anew with the next checkpoint", async () => {
  const file = join(temporaryFolder(), "store.db");
  await openTestStore({ file });
  const threads: Worker[] = [];
  let failures = 1;
  const checkpointer = createCheckpointer({
    file,
    everyPages: 1,
    start(path) {
      failures -= 1;
      if (failures >= 0) return Promise.reject(new Error("no threads left"));
      const worker = startThread("checkpoint-thread", path);
      threads.push(worker);
      return Promise.resolve(worker);
    },
  });
  onTestFinished(() => checkpointer.end());
  const noteUntil = (count: number): Promise<void> =>
    until(() => {
      checkpointer.note(1);
      return threads.length === count;
    });
  await noteUntil(1);
  await threads[0]?.terminate();
  await noteUntil(2);
  expect(threads).toHaveLength(2);
});

test("a file that cannot be opened ends no thread", async () => {
  const threads: Worker[] = [];
  const checkpointer = createCheckpointer({
    file: join(temporaryFolder(), "none", "store.db"),
    everyPages: 1,
    start(path) {
      threads.push(startThread("checkpoint-thread", path));
      return Promise.resolve(threads[0] ?? startThread("checkpoint-thread", path));
    },
  });
  let messages = 0;
  checkpointer.note(1);
  await until(() => threads.length === 1);
  threads[0]?.on("message", () => {
    messages += 1;
  });
  await until(() => messages === 1);
  checkpointer.note(1);
  await until(() => messages === 2);
  await checkpointer.end();
  expect(threads).toHaveLength(1);
});
