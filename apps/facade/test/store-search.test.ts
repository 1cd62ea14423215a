import type { AppFilter } from "@install-summary/core/service";
import { once } from "node:events";
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { getPriority, platform } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Searcher } from "../src/store/sql/search-line.ts";
import { createLoopTurns } from "../src/shares/loop-turns.ts";
import { createSearchQueue, type SearchQueue } from "../src/store/sqlite/search-queue.ts";
import { startThread } from "../src/store/sqlite/start-thread.ts";
import { addApps, appId, openTenant, otherTenantId, sampleApp, tenantId } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

interface SearchDesk {
  readonly file: string;
  readonly queue: SearchQueue;
  /** The threads that were started. */
  readonly threads: readonly Worker[];
}

/** A queue over a store with one app. */
async function openQueue(maxWaiting = 200): Promise<SearchDesk> {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await addApps(store, [sampleApp()]);
  const threads: Worker[] = [];
  const start = (path: string): Promise<Worker> => {
    const worker = startThread("search-thread", path);
    threads.push(worker);
    return Promise.resolve(worker);
  };
  const queue = createSearchQueue({ file, maxWaiting, start });
  onTestFinished(() => queue.end());
  return { file, queue, threads };
}

const search = { top: 10, search: [{ word: "outlook" }], count: true };
const by = { tenantId, actor: "developer" };
const refused = { code: "ServiceUnavailable", status: 503, retryAfter: expect.any(Number) };

test("a thread is started by the first search, and the only one", async () => {
  const { queue, threads } = await openQueue();
  expect(threads).toHaveLength(0);
  const pages = await Promise.all([1, 2, 3].map(() => queue.readPage(by, search)));
  expect(pages.map(({ count }) => count)).toEqual([1, 1, 1]);
  expect(threads).toHaveLength(1);
});

test("a search beyond the maximum that wait is refused, and later ones run", async () => {
  // One is with the thread, and a quarter of four may wait for each who searches.
  const { queue } = await openQueue(4);
  const results = await Promise.allSettled([1, 2, 3].map(() => queue.readPage(by, search)));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(results[2]).toMatchObject({ reason: refused });
  expect(await queue.readPage(by, search)).toMatchObject({ count: 1 });
});

test("a user's search waits for few of another's, of whichever tenant", async () => {
  const { queue } = await openQueue();
  const order: string[] = [];
  const ask = async (name: string, who: typeof by): Promise<void> => {
    await queue.readPage(who, search);
    order.push(name);
  };
  const many = Array.from({ length: 20 }, () => ask("many", by));
  const others = [
    ask("user", { ...by, actor: "another" }),
    ask("tenant", { tenantId: "7f3c1a52-4d0e-4c7b-9b1f-2f5a6c8d9e01", actor: by.actor }),
  ];
  await Promise.all([...many, ...others]);
  // One is with the thread already, and those of the others begin beside it.
  expect(order.indexOf("user")).toBeLessThan(4);
  expect(order.indexOf("tenant")).toBeLessThan(5);
});

test("a user who lets too many searches wait is refused, and others are served", async () => {
  const { queue } = await openQueue(8);
  const results = Promise.allSettled(Array.from({ length: 10 }, () => queue.readPage(by, search)));
  expect(await queue.readPage({ ...by, actor: "another" }, search)).toMatchObject({ count: 1 });
  expect((await results).filter(({ status }) => status === "rejected").length).toBe(7);
});

const gone = { code: "BadRequest", message: "The caller went away before the response was ready." };

test("a search whose caller has gone leaves the queue, and its place is free", async () => {
  const { queue } = await openQueue(4);
  const caller = new AbortController();
  const goingAway = { ...by, abandoned: () => caller.signal };
  // One is with the thread, and one may wait.
  const first = queue.readPage(by, search);
  const waiting = queue.readPage(goingAway, search);
  await expect(queue.readPage(by, search)).rejects.toMatchObject(refused);
  caller.abort();
  await expect(waiting).rejects.toMatchObject(gone);
  const next = queue.readPage(by, search);
  expect(await Promise.all([first, next])).toMatchObject([{ count: 1 }, { count: 1 }]);
  await expect(queue.readPage(goingAway, search)).rejects.toMatchObject(gone);
});

test.each<[string, (queue: SearchQueue, searcher: Searcher) => Promise<unknown>]>([
  ["apps", (queue, searcher) => queue.readPage(searcher, search)],
  ["changes", (queue, searcher) => queue.readChanges(searcher, { top: 1, order: "asc", actor: "x" })],
  ["an app's changes", (queue, searcher) => queue.readChanges(searcher, { top: 1, order: "asc", appId })],
])("a scan of %s whose caller has gone stops, and the next search runs", async (_, read) => {
  const { queue, threads } = await openQueue();
  expect(await queue.readPage(by, search)).toMatchObject({ count: 1 });
  const posted: unknown[] = [];
  threads[0]?.on("message", (message) => posted.push(message));
  const caller = new AbortController();
  const searching = read(queue, { ...by, abandoned: () => caller.signal });
  caller.abort();
  const following = queue.readPage(by, search);
  await expect(searching).rejects.toMatchObject(gone);
  expect(await following).toMatchObject({ count: 1 });
  expect(posted).toMatchObject([
    { fault: { message: "the scan was stopped, since its caller has gone" } },
    { page: { count: 1 } },
  ]);
  expect(threads).toHaveLength(1);
});

test("a thread whose last search was abandoned keeps no process alive", async () => {
  const { queue, threads } = await openQueue();
  await queue.readPage(by, search);
  const [thread] = threads;
  if (thread === undefined) throw new Error("no thread was started");
  const [kept, released] = [vi.spyOn(thread, "ref"), vi.spyOn(thread, "unref")];
  const stopped = once(thread, "message");
  const caller = new AbortController();
  const searching = queue.readPage({ ...by, abandoned: () => caller.signal }, search);
  caller.abort();
  await expect(searching).rejects.toMatchObject(gone);
  await stopped;
  const [last = 0] = released.mock.invocationCallOrder.slice(-1);
  expect(last).toBeGreaterThan(Math.max(...kept.mock.invocationCallOrder));
});

test("a thread that dies fails the searches that it has, and the next one starts another", async () => {
  const { queue, threads } = await openQueue();
  const waiting = Promise.allSettled(["ada", "bob"].map((actor) => queue.readPage({ ...by, actor }, search)));
  // It has begun to start, and takes no message before it has.
  await threads[0]?.terminate();
  const rejected = { status: "rejected", reason: refused };
  expect(await waiting).toMatchObject([rejected, rejected]);
  expect(await queue.readPage(by, search)).toMatchObject({ count: 1 });
  expect(threads).toHaveLength(2);
});

test("a thread that cannot be started is a 503", async () => {
  const queue = createSearchQueue({
    file: "none.db",
    start: () => Promise.reject(new Error("no threads left")),
  });
  await expect(queue.readPage(by, search)).rejects.toMatchObject(refused);
  await expect(queue.readPage(by, search)).rejects.toMatchObject(refused);
  await queue.end();
});

test("a file that is gone or damaged is a 503, and the file that takes its place is read", async () => {
  const { file, queue, threads } = await openQueue();
  await queue.readPage(by, search);
  renameSync(file, `${file}.moved`);
  await expect(queue.readPage(by, search)).rejects.toMatchObject(refused);
  writeFileSync(file, "ApplicationId,DisplayName\r\n".repeat(400));
  await expect(queue.readPage(by, search)).rejects.toMatchObject(refused);
  renameSync(`${file}.moved`, file);
  expect(await queue.readPage(by, search)).toMatchObject({ count: 1 });
  expect(threads).toHaveLength(1);
});

test.skipIf(platform() !== "linux")("on Linux every other thread goes before that of searches", async () => {
  const { queue } = await openQueue();
  const usual = getPriority();
  await queue.readPage(by, search);
  expect(getPriority()).toBe(usual);
  expect(readNiceness().filter((nice) => nice !== usual)).toEqual(usual < 10 ? [10] : []);
});

/** The niceness of each thread of this process. */
function readNiceness(): readonly number[] {
  return readdirSync("/proc/self/task").map((thread) => {
    const [, fields = ""] = readFileSync(`/proc/self/task/${thread}/stat`, "utf8").split(") ");
    return Number(fields.split(" ")[16]);
  });
}

test("a queue that ends rejects the searches that wait and those that come", async () => {
  const { queue } = await openQueue();
  const waiting = Promise.allSettled([1, 2].map(() => queue.readPage(by, search)));
  await queue.end();
  const rejected = { status: "rejected", reason: refused };
  expect(await waiting).toMatchObject([rejected, rejected]);
  await expect(queue.readPage(by, search)).rejects.toMatchObject(refused);
});

test("the event loop goes on while a search reads many apps, and the search sees the last change", async () => {
  const store = await openTestStore();
  const many = Array.from({ length: 20_000 }, (_, index) =>
    sampleApp({
      id: `00000000-0000-0000-0000-${String(index).padStart(12, "0")}`,
      displayName: `App ${index}`,
    }),
  );
  await addApps(store, many);
  const tenant = openTenant(store);
  await tenant.listApps({ top: 1, search: [{ word: "warm" }] });
  await addApps(store, [sampleApp()]);
  const done = new AbortController();
  const searching = tenant.listApps(search).finally(() => done.abort());
  let turns = 0;
  for (; !done.signal.aborted; turns += 1) await new Promise(setImmediate);
  expect((await searching).count).toBe(1);
  // In the same thread it would be two or three.
  expect(turns).toBeGreaterThan(20);
});

test("while one user's search takes long, others search, and find apps by name, many times", async () => {
  const store = await openTestStore();
  const displayName = "a".repeat(980);
  const many = Array.from({ length: 4000 }, (_, index) =>
    sampleApp({ id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, displayName }),
  );
  await addApps(store, many, otherTenantId);
  await addApps(store, [sampleApp({ displayName: "Outlook" })]);
  const name = { kind: "property", name: "displayName" } as const;
  const ab = { kind: "value", value: "ab" } as const;
  const holdsNot = (): AppFilter => ({ kind: "not", operand: { kind: "contains", text: name, part: ab } });
  const dear: AppFilter = { kind: "and", operands: Array.from({ length: 120 }, holdsNot) };
  const outlook = { kind: "value", value: "outlook" } as const;
  const named: AppFilter = { kind: "compare", operator: "eq", left: name, right: outlook };
  const tenant = openTenant(store, { actor: "bob" });
  await tenant.listApps(search);
  const caller = new AbortController();
  const long = openTenant(store, { tenantId: otherTenantId, abandoned: () => caller.signal }).listApps({
    top: 1,
    filter: dear,
    count: true,
  });
  const order: string[] = [];
  const ended = long.then(
    () => order.push("long"),
    () => order.push("stopped"),
  );
  for (let round = 0; round < 5; round += 1) {
    expect(await tenant.listApps(search)).toMatchObject({ count: 1 });
    expect((await tenant.listApps({ top: 1, filter: named })).apps).toHaveLength(1);
    expect((await tenant.readChanges({ top: 1, order: "asc", actor: "nobody" })).changes).toEqual([]);
    order.push("another");
  }
  caller.abort();
  await ended;
  expect(order).toEqual([...Array<string>(5).fill("another"), "stopped"]);
});

test("a long page is not read once its caller has gone, while it waits for its turn", async () => {
  const turns = createLoopTurns();
  const store = await openTestStore({ turns });
  await addApps(store, [sampleApp()]);
  const caller = new AbortController();
  turns.noteConnection();
  const long = { top: 200, count: false };
  const pages = Array.from({ length: 3 }, () => openTenant(store).listApps(long));
  const abandoned = openTenant(store, { abandoned: () => caller.signal }).listApps(long);
  caller.abort();
  await expect(abandoned).rejects.toMatchObject({
    message: "The caller went away before the response was ready.",
  });
  expect((await Promise.all(pages)).map(({ apps }) => apps.length)).toEqual([1, 1, 1]);
});
