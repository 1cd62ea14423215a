import { cpSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { apps } from "./facades.ts";
import { runFacade, startServing } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { temporaryFolder } from "./stores.ts";
import { makeUnreadPage } from "./unread-page.ts";

const idOf = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
/** Its rows are in pages that the disk does not give, apart from those of the other one. */
const [unread, other] = [idOf(700), idOf(20)];

/** A folder with a store, in whose cache nothing is. */
async function folderWith(ballast: number) {
  const folder = realpathSync(temporaryFolder());
  expect(await runFacade({ folder }, "import", largeReport(folder, 1000))).toMatchObject({ exit: 0 });
  const file = join(folder, ".data", "install-summary.db");
  using database = new DatabaseSync(file);
  database.exec(`CREATE TABLE ballast (text); INSERT INTO ballast VALUES (zeroblob(${ballast}))`);
  return { folder, file };
}

test.for([
  { size: "small", ballast: 0 },
  { size: "large", ballast: 20_000_000 },
])(
  "a page of a $size store that the disk does not give any more costs those who need it a 503, and all else goes on",
  { timeout: 120_000 },
  async ({ ballast }, context) => {
    const { folder, file } = await folderWith(ballast);
    const page = makeUnreadPage(context, file, unread);
    const token = (await runFacade({ folder }, "token")).stdout.trim();
    const { url, stop } = await startServing({ folder, env: page.env });
    const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const response = await fetch(new URL(path, url), { ...init, headers });
      const told = await response.text();
      return response.ok ? "200" : `${response.status} ${JSON.parse(told).error.message}`;
    };
    const read = (id: string) => ask(`${apps}/${id}/installSummary`);
    const change = (id: string, failedDeviceCount: number) =>
      ask(`${apps}/${id}/installSummary`, { method: "PATCH", body: JSON.stringify({ failedDeviceCount }) });
    {
      // After a change by another program nothing is read from the cache.
      using database = new DatabaseSync(file);
      database.exec("UPDATE change_feed SET last = last; PRAGMA wal_checkpoint(TRUNCATE)");
    }
    page.fail();
    const checked = "503 The store looks damaged and is being checked. Please retry again later.";
    const failed = "503 The store could not be read or written. Read again before you repeat a change.";
    expect(await read(unread)).toBe(checked);
    await vi.waitFor(async () => expect(await read(other)).toBe("200"), { timeout: 60_000 });
    for (let round = 1; round <= 10; round += 1) {
      const search = ask(`${apps}?$search="${round === 1 ? "Contoso" : "App 7"}"`);
      expect(await Promise.all([read(unread), read(other), ask("/readyz"), search])).toEqual([
        failed,
        "200",
        "200",
        failed,
      ]);
      // They share a commit.
      const changes = [change(other, round), change(unread, round), change(idOf(21), round)];
      expect(await Promise.all(changes)).toEqual(["200", failed, "200"]);
      expect(await ask(`${apps}?$top=1000`)).toBe(failed);
    }
    page.mend();
    expect(await Promise.all([read(unread), change(unread, 11), ask(`${apps}?$top=1000`)])).toEqual([
      "200",
      "200",
      "200",
    ]);
    expect(await stop("SIGTERM")).toBe(0);
    expect(await runFacade({ folder }, "doctor", "--port", "0")).toMatchObject({ exit: 0 });
  },
);

/** Commands that meet such a page of a large store at their work, and how they end where the page is damaged. */
const commands = [
  { words: ["export"], ifDamaged: 2 },
  { words: ["export", "out.csv"], ifDamaged: 2 },
  { words: ["import", "report.csv"], ifDamaged: 2 },
  { words: ["import", "report.csv", "--dry-run"], ifDamaged: 2 },
  { words: ["erase", "--tenant", developmentTenantId, "--yes"], ifDamaged: 2 },
  { words: ["doctor", "--port", "0"], ifDamaged: 7 },
  { words: ["backup", "copy.db"], ifDamaged: 7 },
];

test("commands that meet a page that the disk does not give name the store and its disk, and damage where it is that", async (context) => {
  const { folder: whole } = await folderWith(20_000_000);
  for (const { words, ifDamaged } of commands) {
    const folder = realpathSync(temporaryFolder());
    cpSync(whole, folder, { recursive: true });
    const file = join(folder, ".data", "install-summary.db");
    const page = makeUnreadPage(context, file, unread);
    page.fail();
    const { exit, stdout, stderr } = await runFacade({ folder, env: page.env }, ...words);
    const lines = (stdout + stderr).split("\n").filter((line) => /The store|damaged|not whole/.test(line));
    expect({ words, exit, lines }).toEqual({
      words,
      exit: 7,
      lines: [
        expect.stringMatching(
          `The store ${file} cannot be (?:used|read or written): the disk reports an error`,
        ),
      ],
    });

    // The same pages are given, and are noise.
    const content = readFileSync(file);
    for (let at = content.indexOf(unread); at !== -1; at = content.indexOf(unread)) {
      content.fill(0xa5, at - (at % 4096), at - (at % 4096) + 4096);
    }
    writeFileSync(file, content);
    const damaged = await runFacade({ folder }, ...words);
    const told = (damaged.stdout + damaged.stderr).split("\n").filter((line) => line.includes("The store"));
    expect({ words, exit: damaged.exit, told }).toEqual({
      words,
      exit: ifDamaged,
      told: [
        expect.stringMatching(
          `The store ${file} is (?:damaged; it was left|not whole|not a SQLite file, or is damaged)`,
        ),
      ],
    });
    expect(readdirSync(folder).toSorted()).toEqual([".data", "report.csv"]);
  }
});

test("a page above others that the disk does not give costs those who need it a 503, and all else goes on", async (context) => {
  const { folder, file } = await folderWith(0);
  const above = idAbove(file);
  const page = makeUnreadPage(context, file, above);
  const token = (await runFacade({ folder }, "token")).stdout.trim();
  const { url, stop } = await startServing({ folder, env: page.env });
  const ask = async (path: string): Promise<number> =>
    (await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } })).status;
  const ids = Array.from({ length: 50 }, (_, at) => idOf(at * 20));
  const readAll = () => Promise.all(ids.map((id) => ask(`${apps}/${id}/installSummary`)));
  {
    // After a change by another program nothing is read from the cache.
    using database = new DatabaseSync(file);
    database.exec("UPDATE change_feed SET last = last; PRAGMA wal_checkpoint(TRUNCATE)");
  }
  page.fail();
  expect(await readAll()).toContain(503);
  await vi.waitFor(async () => expect(await readAll()).toContain(200), { timeout: 60_000 });
  for (let round = 1; round <= 5; round += 1) {
    expect((await readAll()).filter((status) => status === 200).length).toBeGreaterThan(25);
    expect(await ask("/readyz")).toBe(200);
  }
  page.mend();
  expect(new Set(await readAll())).toEqual(new Set([200]));
  expect(await stop("SIGTERM")).toBe(0);
});

/** An app whose id stands in a page above others, through which the pages of other apps are found. */
function idAbove(file: string): string {
  using database = new DatabaseSync(file);
  const roots = new Set(
    database
      .prepare("SELECT rootpage FROM sqlite_schema")
      .all()
      .map(({ rootpage }) => rootpage),
  );
  const content = readFileSync(file);
  for (let page = content.length / 4096 - 1; page > 0; page -= 1) {
    const text = content.subarray(page * 4096, (page + 1) * 4096);
    const isAbove = (text[0] === 2 || text[0] === 5) && !roots.has(page + 1);
    const [id] = /00000000-0000-4000-8000-[0-9a-f]{12}/.exec(text.toString("latin1")) ?? [];
    if (isAbove && id !== undefined) return id;
  }
  throw new Error("the store is too small");
}
