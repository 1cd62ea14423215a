import { execFileSync } from "node:child_process";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi, type TestContext } from "vitest";
import { openDraftFolder, type DraftFolder } from "../src/changes/drafts/draft-folder.ts";
import { createDraftKeeper } from "../src/changes/drafts/draft-keeper.ts";
import type { DraftNews } from "../src/changes/drafts/draft-news.ts";
import { placeName } from "../src/changes/drafts/draft-name.ts";
import type { Draft, FoundDraft } from "../src/changes/drafts/draft.ts";
import { listedApp, sampleId } from "./sample-apps.ts";
import { mountSmallDisk, type SmallDisk } from "./small-disk.ts";
import { until } from "./until.ts";

const place = { url: "https://graph.example/beta", tenant: "contoso" };
const isRoot = process.getuid?.() === 0;

let root = "";
let folder = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "install-summary-drafts-"));
  folder = join(root, "drafts");
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function draftOf(index: number, failedDeviceCount: number): Draft {
  return {
    app: listedApp(index),
    readAt: 1,
    edits: { failedDeviceCount },
    leftOut: false,
    wasOvertaken: false,
    contested: {},
    pending: undefined,
  };
}

const session = (id = randomUUID()): DraftFolder => openDraftFolder(folder, place, id);
const here = (): string => join(folder, placeName(place));

/** Leaves the drafts of some apps as an editor that has ended does. */
async function leave(...indices: readonly number[]): Promise<void> {
  const ended = session();
  for (const index of indices) await ended.write(sampleId(index), draftOf(index, 100 + index));
  await ended.end();
}

const found = async (): Promise<readonly unknown[]> =>
  (await session().find()).drafts.map(({ draft }) => draft.edits);

test("what an ended session has left is found; what a running one has is only named", async () => {
  await leave(1);
  const running = session();
  await running.write(sampleId(2), draftOf(2, 8));
  const next = session();
  expect((await next.find()).drafts).toMatchObject([
    { draft: { app: { id: sampleId(1), etag: 'W/"7"' }, edits: { failedDeviceCount: 101 } } },
  ]);
  expect(await next.elsewhere()).toEqual([sampleId(2)]);
  await running.end();
  expect((await next.find()).drafts).toHaveLength(2);
});

test("drafts of another server or tenant are neither found nor named", async () => {
  await leave(1);
  for (const other of [
    { ...place, tenant: "fabrikam" },
    { ...place, url: "https://other.example/beta" },
  ]) {
    const next = openDraftFolder(folder, other, randomUUID());
    expect(await next.find()).toEqual({ drafts: [], newer: [], broken: [] });
    expect(await next.elsewhere()).toEqual([]);
  }
});

test("of many sessions that want the same drafts, each draft goes to one", async () => {
  const apps = Array.from({ length: 20 }, (_, index) => index);
  await leave(...apps);
  const sessions = Array.from({ length: 5 }, () => session());
  const keys = (await session().find()).drafts.map(({ key }) => key);
  const claimed = await Promise.all(sessions.map((one) => one.claim(keys)));
  const names = claimed.flatMap(({ drafts }) => drafts.map(({ app }) => app.id));
  expect(names.toSorted()).toEqual(apps.map(sampleId).toSorted());
  expect((await session().find()).drafts).toEqual([]);
});

test("a draft of an app that this session edits is not taken over its own", async () => {
  await leave(1);
  const next = session();
  await next.write(sampleId(1), draftOf(1, 8));
  const { drafts } = await next.find();
  expect(await next.claim(drafts.map(({ key }) => key))).toEqual({ drafts: [], failure: undefined });
  await next.end();
  expect(await found()).toEqual(
    expect.arrayContaining([{ failedDeviceCount: 101 }, { failedDeviceCount: 8 }]),
  );
});

test("a draft that cannot be read once it is taken over stays where it was, and comes back once it can", async () => {
  await leave(1);
  const next = session();
  const keys = (await next.find()).drafts.map(({ key }) => key);
  const file = join(here(), keys[0] ?? "");
  const text = await readFile(file, "utf8");
  await writeFile(file, "{");
  expect(await next.claim(keys)).toEqual({ drafts: [], failure: new Error("a draft cannot be read") });
  await writeFile(file, text);
  expect(await next.claim(keys)).toMatchObject({ drafts: [{ edits: { failedDeviceCount: 101 } }] });
});

test("a session whose draft was taken hears of it", async () => {
  const sleeping = session("11111111-1111-4111-8111-111111111111");
  await sleeping.write(sampleId(1), draftOf(1, 8));
  // As if it ran on another computer and was not heard of for long.
  const file = join(folder, "sessions", "11111111-1111-4111-8111-111111111111.json");
  await writeFile(file, JSON.stringify({ pid: 1, host: "elsewhere", start: "" }));
  await utimes(file, new Date(), new Date(Date.now() - 121_000));
  const next = session();
  const { drafts } = await next.find();
  expect((await next.claim(drafts.map(({ key }) => key))).drafts).toHaveLength(1);
  expect(await sleeping.touch()).toEqual([sampleId(1)]);
  await sleeping.write(sampleId(1), draftOf(1, 8));
  expect(await readdir(here())).toHaveLength(2);
});

test.each([
  ["pid of a process that has ended", { pid: 2 ** 22 + 7, start: "some boot 12" }, 0, "found"],
  ["pid that another process has now", { pid: process.pid, start: "some boot 12" }, 0, "found"],
  ["pid on another computer, heard of a minute ago", { pid: 1, host: "elsewhere" }, 60_000, "left"],
  ["pid on another computer, not heard of for two minutes", { pid: 1, host: "elsewhere" }, 121_000, "found"],
  ["file of the future, as after a clock was set back", { pid: 1, host: "elsewhere" }, -3_600_000, "left"],
  ["file that is no JSON, a minute old", undefined, 60_000, "left"],
  ["file that is no JSON, and old", undefined, 121_000, "found"],
])("a draft whose session has a %s", async (_, change, age, what) => {
  const id = randomUUID();
  const other = session(id);
  await other.write(sampleId(1), draftOf(1, 8));
  const file = join(folder, "sessions", `${id}.json`);
  const whole: unknown = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, change === undefined ? "{" : JSON.stringify(Object.assign({}, whole, change)));
  await utimes(file, new Date(), new Date(Date.now() - age));
  expect(await found()).toHaveLength(what === "found" ? 1 : 0);
});

// Elsewhere the system does not say when a process was started, and only the clock tells.
test.skipIf(process.platform !== "linux")(
  "an own draft stays its own while the clock is set back and forth",
  async () => {
    const running = session();
    await running.write(sampleId(1), draftOf(1, 8));
    const [name = ""] = await readdir(join(folder, "sessions"));
    for (const age of [-86_400_000, 86_400_000]) {
      await utimes(join(folder, "sessions", name), new Date(), new Date(Date.now() - age));
      expect(await found()).toEqual([]);
    }
  },
);

test("files that are no drafts are named and left alone, and the others are found", async () => {
  await leave(1, 2, 3);
  const names = (await readdir(here())).toSorted();
  const [first = "", second = ""] = names;
  await writeFile(join(here(), first), '{"format":2}');
  await writeFile(join(here(), second), "\u0000".repeat(200_000));
  await writeFile(join(here(), "notes.txt"), "mine");
  await writeFile(join(here(), "..\u001b[2J.json"), "mine");
  const { drafts, newer, broken } = await session().find();
  expect(drafts).toMatchObject([{ draft: { edits: { failedDeviceCount: 103 } } }]);
  expect([newer, broken]).toEqual([[join(here(), first)], [join(here(), second)]]);
  expect(await readdir(here())).toHaveLength(5);
});

test("a draft comes back whatever the length of the names that the server gave its app", async () => {
  const ended = session();
  const app = { ...listedApp(1), displayName: "\u{1f600}".repeat(50_000), publisher: "P".repeat(100_000) };
  await ended.write(sampleId(1), { ...draftOf(1, 8), app });
  await ended.end();
  expect(await found()).toEqual([{ failedDeviceCount: 8 }]);
});

test("a draft in the file of another app is broken", async () => {
  await leave(1);
  const [name = ""] = await readdir(here());
  await rename(join(here(), name), join(here(), name.replace(sampleId(1), sampleId(2))));
  expect((await session().find()).broken).toHaveLength(1);
});

test("what a session was writing when it was killed is removed, and what it had written is found", async () => {
  await leave(1);
  const [name = ""] = await readdir(here());
  await writeFile(join(here(), `${name}.tmp`), '{"format":1,');
  expect(await found()).toHaveLength(1);
  expect(await readdir(here())).toEqual([name]);
});

test("the files of sessions that were killed are removed, those of running ones stay", async () => {
  const sessions = join(folder, "sessions");
  const [running, next] = [randomUUID(), randomUUID()];
  await session(running).write(sampleId(1), draftOf(1, 8));
  const whole: unknown = JSON.parse(await readFile(join(sessions, `${running}.json`), "utf8"));
  const killed = Object.assign({}, whole, { pid: 2 ** 30 });
  await writeFile(join(sessions, `${randomUUID()}.json`), JSON.stringify(killed));
  await session(next).find();
  expect((await readdir(sessions)).toSorted()).toEqual([`${running}.json`, `${next}.json`].toSorted());
});

test.skipIf(process.platform === "win32")("links and pipes are not followed", async () => {
  await leave(1, 2);
  const [first = "", second = ""] = (await readdir(here())).toSorted();
  await rename(join(here(), first), join(root, "elsewhere.json"));
  await symlink(join(root, "elsewhere.json"), join(here(), first));
  await rm(join(here(), second));
  execFileSync("mkfifo", [join(here(), second)]);
  const { drafts, broken } = await session().find();
  expect([drafts, broken]).toEqual([[], [join(here(), first), join(here(), second)]]);
});

test.skipIf(process.platform === "win32")("a link in place of the folder is refused", async () => {
  await mkdir(join(root, "elsewhere"));
  await symlink(join(root, "elsewhere"), folder);
  await expect(session().write(sampleId(1), draftOf(1, 8))).rejects.toThrow("is a link, not a folder");
  expect(await readdir(join(root, "elsewhere"))).toEqual([]);
});

test.skipIf(process.platform === "win32")("a folder that others may use becomes private", async () => {
  await leave(1);
  for (const path of [folder, here()]) await chmod(path, 0o777);
  await found();
  for (const path of [folder, here()]) expect((await lstat(path)).mode & 0o777).toBe(0o700);
});

test("the folders above the drafts are made too, also by several editors at once", async () => {
  const deep = join(root, "data", "of", "ada", "drafts");
  const folders = Array.from({ length: 4 }, () => openDraftFolder(deep, place, randomUUID()));
  await Promise.all(folders.map((one, index) => one.write(sampleId(index), draftOf(index, 8))));
  expect(await readdir(join(deep, placeName(place)))).toHaveLength(4);
  expect((await stat(join(root, "data"))).mode & 0o077).toBe(0);
});

test.runIf(process.platform === "linux")(
  "a file system that says of every new folder that it does not exist is told at once",
  async () => {
    const news: DraftNews[] = [];
    const keeper = createDraftKeeper(
      async () => openDraftFolder("/proc/ada/drafts", place, randomUUID()),
      (told) => news.push(told),
    );
    keeper.save(sampleId(0), draftOf(0, 8));
    await keeper.written(sampleId(0));
    expect(news).toContainEqual({ kind: "draftsFailed", reason: "no folder can be made in /proc" });
    expect(await keeper.close()).toEqual([sampleId(0)]);
  },
);

test("a keeper says which drafts it has thrown away once the disk has done so", async () => {
  await leave(1, 2);
  const news: DraftNews[] = [];
  const keeper = createDraftKeeper(
    async () => session(),
    (told) => news.push(told),
  );
  const keys = (await session().find()).drafts.map(({ key }) => key);
  const [first = ""] = keys;
  keeper.discard([first]);
  keeper.discard(keys);
  await keeper.close();
  expect(news).toEqual([
    { kind: "draftsDiscarded", keys: [first], gone: [], reason: undefined },
    { kind: "draftsDiscarded", keys, gone: [first], reason: undefined },
  ]);
  expect(await found()).toEqual([]);
});

test("what was thrown away is told apart from what was gone before", async () => {
  await leave(1, 2);
  const [one, other] = [session(), session()];
  const keys = (await one.find()).drafts.map(({ key }) => key);
  const [first = "", second = ""] = keys;
  await other.claim([first]);
  expect(await one.discard(keys)).toEqual([first]);
  expect(await one.discard([second])).toEqual([second]);
  expect((await other.claim([second])).drafts).toEqual([]);
});

test("a folder or a draft of another user is not used", async ({ skip }) => {
  skip(!isRoot, "only root can give files to another user");
  await leave(1);
  const [name = ""] = await readdir(here());
  await chown(join(here(), name), 12_345, 12_345);
  expect((await session().find()).broken).toHaveLength(1);
  await chown(here(), 12_345, 12_345);
  await expect(session().find()).rejects.toThrow("belongs to another user");
});

/** What a keeper reports, and what waits for it. */
function listen(): {
  readonly report: (news: DraftNews) => void;
  /** The next news of a kind, or of any. */
  readonly next: (kind?: DraftNews["kind"]) => Promise<DraftNews>;
} {
  const news: DraftNews[] = [];
  let heard = Promise.withResolvers<void>();
  return {
    report(one) {
      news.push(one);
      heard.resolve();
      heard = Promise.withResolvers();
    },
    async next(kind) {
      for (;;) {
        const at = news.findIndex((one) => kind === undefined || one.kind === kind);
        const [one] = at < 0 ? [] : news.splice(at, 1);
        if (one !== undefined) return one;
        await heard.promise;
      }
    },
  };
}

test("of many edits of an app the last is on disk once it is waited for", async () => {
  const { report } = listen();
  const keeper = createDraftKeeper(async () => session(), report);
  for (let count = 20; count < 60; count += 1) keeper.save(sampleId(1), draftOf(1, count));
  keeper.save(sampleId(2), draftOf(2, 8));
  keeper.save(sampleId(2), undefined);
  await keeper.written(sampleId(1));
  expect(await keeper.close()).toEqual([]);
  expect(await found()).toEqual([{ failedDeviceCount: 59 }]);
});

test("a full disk is told once, the edits are written when there is room again, and that is told too", async (context) => {
  await onSmallDisk(context, async (disk) => {
    const { report, next } = listen();
    const keeper = createDraftKeeper(async () => session(), report);
    keeper.save(sampleId(1), draftOf(1, 8));
    await keeper.written(sampleId(1));
    const [before] = await readdir(here());
    await disk.fill();
    keeper.save(sampleId(1), draftOf(1, 9));
    expect(await next("draftsFailed")).toEqual({ kind: "draftsFailed", reason: "the disk is full" });
    // The draft before is whole.
    expect(await readdir(here())).toEqual([before]);
    await disk.empty();
    keeper.save(sampleId(1), draftOf(1, 10));
    await next("draftsKept");
    expect(await keeper.close()).toEqual([]);
    expect(await found()).toEqual([{ failedDeviceCount: 10 }]);
  });
});

test.for(["full", "read-only"] as const)(
  "what ended sessions have left on a disk that is %s is found, and it is told that it cannot be changed",
  async (how, context) => {
    await onSmallDisk(context, async (disk) => {
      await leave(1);
      if (how === "full") await disk.fill();
      else {
        // What a killed session was writing cannot be removed there.
        await writeFile(join(here(), `${sampleId(2)}.${randomUUID()}.json.tmp`), "{");
        disk.setWritable(false);
      }
      const { report, next } = listen();
      const keeper = createDraftKeeper(async () => session(), report);
      keeper.find();
      const reason = `the disk is ${how}`;
      // What was found is shown with the trouble, which is told first.
      const [failed, left] = [await next(), await next()];
      expect(failed).toEqual({ kind: "draftsFailed", reason });
      const [draft] = foundIn(left);
      expect(draft?.draft.edits).toEqual({ failedDeviceCount: 101 });
      const keys = [draft?.key ?? ""];
      keeper.claim(keys);
      expect(await next("draftsClaimed")).toEqual({ kind: "draftsClaimed", drafts: [], keys, reason });
      if (how === "full") await disk.empty();
      else disk.setWritable(true);
      keeper.claim(keys);
      expect(await next("draftsClaimed")).toMatchObject({ drafts: [draft?.draft], reason: undefined });
      expect(await keeper.close()).toEqual([]);
    });
  },
);

test("on a disk that cannot be written a folder that is missing, or of another user, is not read", async (context) => {
  await onSmallDisk(context, async (disk) => {
    disk.setWritable(false);
    await expect(session().find()).rejects.toThrow("EROFS");
    disk.setWritable(true);
    await leave(1);
    await chown(here(), 12_345, 12_345);
    disk.setWritable(false);
    await expect(session().find()).rejects.toThrow("belongs to another user");
  });
});

function foundIn(news: DraftNews): readonly FoundDraft[] {
  return news.kind === "draftsFound" ? news.drafts : [];
}

test("on a full disk a draft that was not sent makes room for the one that says that it was", async (context) => {
  await onSmallDisk(context, async (disk) => {
    const { report } = listen();
    const keeper = createDraftKeeper(async () => session(), report);
    keeper.save(sampleId(1), draftOf(1, 8));
    await keeper.written(sampleId(1));
    await disk.fill();
    // Each request makes room for the next one, as after a refusal.
    const requests = [sentDraftOf(1, 8), sentDraftOf(1, 8)];
    for (const sent of requests) {
      keeper.save(sampleId(1), sent);
      expect(await keeper.marked(sampleId(1))).toBeUndefined();
    }
    expect(await keeper.close()).toEqual([]);
    await disk.empty();
    expect((await session().find()).drafts).toMatchObject([{ draft: { pending: requests[1]?.pending } }]);
  });
});

test("a draft that can neither be marked as sent nor removed is named, until the disk lets it go", async (context) => {
  await onSmallDisk(context, async (disk) => {
    const { report, next } = listen();
    const keeper = createDraftKeeper(async () => session(), report);
    for (const index of [1, 2]) {
      keeper.save(sampleId(index), draftOf(index, 8));
      await keeper.written(sampleId(index));
    }
    disk.setWritable(false);
    keeper.save(sampleId(1), sentDraftOf(1, 8));
    expect(await keeper.marked(sampleId(1))).toBe("the disk is read-only");
    expect(await next("draftsStale")).toMatchObject({ apps: [{ id: sampleId(1) }] });
    // One that is dropped is offered again too; an app without a draft on disk has nothing to mark.
    keeper.save(sampleId(2), undefined);
    expect(await next("draftsStale")).toMatchObject({ apps: [{ id: sampleId(1) }, { id: sampleId(2) }] });
    keeper.save(sampleId(3), sentDraftOf(3, 8));
    expect(await keeper.marked(sampleId(3))).toBeUndefined();
    expect(keeper.stale()).toHaveLength(2);
    disk.setWritable(true);
    for (const index of [1, 2, 3]) keeper.save(sampleId(index), undefined);
    expect(await next("draftsStale")).toMatchObject({ apps: [{ id: sampleId(2) }] });
    await next("draftsKept");
    expect(await keeper.close()).toEqual([]);
    expect(keeper.stale()).toEqual([]);
    expect(await found()).toEqual([]);
  });
});

test("a draft that is written again is named while that of another app still cannot be written", async () => {
  const { report, next } = listen();
  const refused = new Set([sampleId(1), sampleId(2)]);
  const onDisk = session();
  const write: DraftFolder["write"] = async (appId, draft) => {
    if (refused.has(appId)) throw new Error("in the way");
    await onDisk.write(appId, draft);
  };
  const keeper = createDraftKeeper(async () => ({ ...onDisk, write }), report);
  for (const index of [1, 2]) {
    keeper.save(sampleId(index), draftOf(index, 8));
    await keeper.written(sampleId(index));
  }
  refused.delete(sampleId(1));
  for (const index of [1, 2]) keeper.save(sampleId(index), draftOf(index, 9));
  expect(await next("draftWritten")).toEqual({ kind: "draftWritten", appId: sampleId(1) });
  expect(await keeper.close()).toEqual([sampleId(2)]);
  expect(await found()).toEqual([{ failedDeviceCount: 9 }]);
});

// What becomes of a draft of +10 while the disk keeps it as it is.
const plusTen = { ...draftOf(1, 0), edits: { failedDeviceCount: { add: 10 } } };
const otherCounter = { pendingInstallDeviceCount: 5 };
const sentAllTheSame = { ...sentDraftOf(1, 21), edits: plusTen.edits };
const newVersion = { ...plusTen, app: listedApp(1, "App", { failedDeviceCount: 21 }, 'W/"8"') };
const refusedOnce = { ...sentDraftOf(1, 21), edits: plusTen.edits };
test.each<[what: string, wanted: readonly (Draft | undefined)[], isNamed: boolean, first?: Draft]>([
  ["sent", [sentAllTheSame, undefined], true],
  ["sent, then another number typed", [sentAllTheSame, undefined, draftOf(1, 5)], true],
  ["sent, then the same amount typed once more", [sentAllTheSame, undefined, newVersion], true],
  ["dropped, then another counter typed", [undefined, { ...plusTen, edits: otherCounter }], true],
  ["typed over", [draftOf(1, 5)], true],
  ["held", [sentAllTheSame, plusTen], false],
  ["moved to another version", [newVersion], false],
  ["dropped and brought back", [undefined, plusTen], false],
  ["kept beside another counter", [{ ...plusTen, edits: { ...plusTen.edits, ...otherCounter } }], false],
  [
    "refused, then sent once more",
    [newVersion, { ...sentAllTheSame, app: newVersion.app }],
    true,
    refusedOnce,
  ],
  ["refused, sent once more and applied", [newVersion, sentAllTheSame, undefined], true, refusedOnce],
  ["refused, sent once more and held", [newVersion, sentAllTheSame, newVersion], false, refusedOnce],
  ["refused, then dropped", [newVersion, undefined], true, refusedOnce],
  ["applied, as it says", [undefined], false, refusedOnce],
  ["applied, as it says, then another sent", [undefined, sentAllTheSame, undefined], false, refusedOnce],
])("a draft that the disk keeps: %s", async (_, wanted, isNamed, first = plusTen) => {
  const onDisk = session();
  let isRefused = false;
  const write: DraftFolder["write"] = async (appId, draft) => {
    if (isRefused) throw new Error("in the way");
    await onDisk.write(appId, draft);
  };
  const keeper = createDraftKeeper(
    async () => ({ ...onDisk, write }),
    () => {},
  );
  keeper.save(sampleId(1), first);
  await keeper.written(sampleId(1));
  isRefused = true;
  for (const draft of wanted) {
    keeper.save(sampleId(1), draft);
    await keeper.written(sampleId(1));
  }
  expect(keeper.stale().map(({ id }) => id)).toEqual(isNamed ? [sampleId(1)] : []);
  isRefused = false;
  keeper.save(sampleId(1), wanted.at(-1));
  await keeper.close();
  expect(keeper.stale()).toEqual([]);
});

test("a draft that was brought back is marked as sent like one of this session", async (context) => {
  await onSmallDisk(context, async (disk) => {
    await leave(1);
    const { report, next } = listen();
    const keeper = createDraftKeeper(async () => session(), report);
    keeper.claim((await session().find()).drafts.map(({ key }) => key));
    await next("draftsClaimed");
    disk.setWritable(false);
    keeper.save(sampleId(1), sentDraftOf(1, 101));
    expect(await keeper.marked(sampleId(1))).toBe("the disk is read-only");
    disk.setWritable(true);
    await keeper.close();
  });
});

/** Gives drafts a disk of their own for a test. */
async function onSmallDisk(
  { skip }: Pick<TestContext, "skip">,
  task: (disk: SmallDisk) => Promise<void>,
): Promise<void> {
  const mounted = join(root, "small");
  const disk = await mountSmallDisk(mounted);
  if (disk === undefined) return skip("a small disk cannot be mounted here");
  try {
    folder = join(mounted, "drafts");
    await task(disk);
  } finally {
    disk.unmount();
  }
}

/** The same draft once its change is about to go out. */
function sentDraftOf(index: number, failedDeviceCount: number): Draft {
  const draft = draftOf(index, failedDeviceCount);
  const change = { patch: { failedDeviceCount }, etag: draft.app.etag, base: draft.app.installSummary };
  return { ...draft, pending: { change, clientRequestId: randomUUID(), sentAt: 5 } };
}

test("a folder that cannot be made is told, and the end names what was not kept", async () => {
  await writeFile(folder, "in the way");
  const { report, next } = listen();
  const keeper = createDraftKeeper(async () => session(), report);
  keeper.find();
  expect(await next("draftsFailed")).toMatchObject({ reason: "a file or a broken link is in the way" });
  keeper.save(sampleId(1), draftOf(1, 8));
  await keeper.written(sampleId(1));
  expect(await keeper.close()).toEqual([sampleId(1)]);
  expect((await stat(folder)).isFile()).toBe(true);
});

test("a disk that does not respond is told, so that quitting asks, and so is that it does again", async () => {
  vi.useFakeTimers();
  try {
    const opened = Promise.withResolvers<DraftFolder>();
    const news: DraftNews[] = [];
    const keeper = createDraftKeeper(
      () => opened.promise,
      (one) => news.push(one),
    );
    keeper.save(sampleId(1), draftOf(1, 8));
    await vi.advanceTimersByTimeAsync(4000);
    expect(news).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(news).toEqual([{ kind: "draftsFailed", reason: "the disk does not respond" }]);
    vi.useRealTimers();
    // What waits for the draft does not wait for ever.
    await keeper.written(sampleId(1));
    opened.resolve(session());
    await until(() => news.length === 3);
    expect(news.slice(1)).toEqual([{ kind: "draftWritten", appId: sampleId(1) }, { kind: "draftsKept" }]);
    expect(await keeper.close()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test("a draft on a disk that does not respond any more cannot be marked as sent, until it responds", async () => {
  vi.useFakeTimers();
  try {
    const responds = Promise.withResolvers<void>();
    let isStalled = false;
    const disk: DraftFolder = {
      ...session(),
      elsewhere: async () => [],
      write: async () => {
        if (isStalled) await responds.promise;
      },
    };
    const keeper = createDraftKeeper(
      async () => disk,
      () => {},
    );
    keeper.save(sampleId(1), draftOf(1, 8));
    await keeper.written(sampleId(1));
    isStalled = true;
    keeper.save(sampleId(1), sentDraftOf(1, 8));
    const marked = keeper.marked(sampleId(1));
    await vi.advanceTimersByTimeAsync(6000);
    expect(await marked).toBe("the disk does not respond");
    vi.useRealTimers();
    responds.resolve();
    await until(async () => (await keeper.marked(sampleId(1))) === undefined);
  } finally {
    vi.useRealTimers();
  }
});

test("a folder that never opens does not keep the editor from ending, and what was not kept is named", async () => {
  vi.useFakeTimers();
  try {
    const keeper = createDraftKeeper(
      () => new Promise(() => {}),
      () => {},
    );
    keeper.save(sampleId(1), draftOf(1, 8));
    const closed = keeper.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await closed).toEqual([sampleId(1)]);
  } finally {
    vi.useRealTimers();
  }
});
