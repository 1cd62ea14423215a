import type { ImportingStore } from "@install-summary/core/service";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openDatabase, type Database } from "../src/store/postgres/database.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { createSearches, type Searches, type SearchesOptions } from "../src/store/postgres/searches.ts";
import type { Connection } from "../src/store/postgres/statement.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, sampleApp, session, tenantId } from "./samples.ts";

const by = { tenantId, actor: "ada" };
const refused = { code: "ServiceUnavailable", status: 503, retryAfter: expect.any(Number) };
const gone = { code: "BadRequest", message: "The caller went away before the response was ready." };

/** A search that takes as long as it is left alone. */
const sleep = ({ run }: Connection) => run({ name: "", text: "SELECT pg_sleep(60)" });
const readOne = ({ run }: Connection) => run({ name: "", text: "SELECT 1 AS one" });

describe("searches of PostgreSQL", () => {
  const { server, createDatabase } = usePostgres({ settings: { fsync: "off" } });

  interface Desk {
    readonly searches: Searches;
    readonly database: Database;
    /** How many searches the server runs at the moment. */
    readonly countRunning: () => Promise<number>;
  }

  const openSearches = async (options: Partial<SearchesOptions> = {}): Promise<Desk> => {
    const name = await createDatabase();
    const maxConnections = options.maxConnections ?? 10;
    const location = locationOf(server().url(name));
    const database = openDatabase({ location, maxConnections, isPooled: false });
    const searches = createSearches({ database, maxConnections, ...options });
    onTestFinished(async () => {
      await searches.end();
      await database.end();
    });
    const countRunning = async () => {
      const text =
        "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND datname = $1";
      return (await server().query(text, [name])).length;
    };
    return { searches, database, countRunning };
  };

  test("a search whose caller goes away is stopped on the server, and the next one runs on its connection", async () => {
    const { searches, countRunning } = await openSearches({ maxConnections: 2 });
    const caller = new AbortController();
    const searching = searches.run({ ...by, abandoned: () => caller.signal }, sleep);
    await vi.waitFor(async () => expect(await countRunning()).toBe(1), 30_000);
    const following = searches.run(by, readOne);
    caller.abort();
    await expect(searching).rejects.toMatchObject(gone);
    expect((await following).rows).toEqual([{ one: 1 }]);
    expect(await countRunning()).toBe(0);
  });

  test("searches take a quarter of the connections, and reads go on beside them", async () => {
    const { searches, database, countRunning } = await openSearches({ maxConnections: 8 });
    const caller = new AbortController();
    const asked = Array.from({ length: 12 }, (_, at) =>
      searches.run({ tenantId, actor: `user ${at}`, abandoned: () => caller.signal }, sleep),
    );
    const all = Promise.allSettled(asked);
    await vi.waitFor(async () => expect(await countRunning()).toBe(2), 30_000);
    const reads = await Promise.all(Array.from({ length: 30 }, () => database.use(readOne)));
    expect(reads).toHaveLength(30);
    expect(await countRunning()).toBe(2);
    caller.abort();
    expect((await all).map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => "rejected"));
    await vi.waitFor(async () => expect(await countRunning()).toBe(0), 30_000);
  });

  test("a user with many long searches has one connection, and another user's are answered beside them", async () => {
    const { searches, countRunning } = await openSearches({ maxConnections: 8 });
    const caller = new AbortController();
    const asked = Array.from({ length: 5 }, () =>
      searches.run({ ...by, abandoned: () => caller.signal }, sleep),
    );
    const all = Promise.allSettled(asked);
    await vi.waitFor(async () => expect(await countRunning()).toBe(1), 30_000);
    for (let round = 0; round < 3; round += 1) {
      expect((await searches.run({ tenantId, actor: "bob" }, readOne)).rows).toEqual([{ one: 1 }]);
    }
    expect(await countRunning()).toBe(1);
    caller.abort();
    await all;
  });

  test("a user's search waits for few of another's, and those beyond the line are a 503", async () => {
    const { searches } = await openSearches({ maxConnections: 4, maxWaiting: 40 });
    const order: string[] = [];
    const ask = async (name: string): Promise<void> => {
      await searches.run({ tenantId, actor: name }, readOne);
      order.push(name);
    };
    const many = Promise.allSettled(Array.from({ length: 20 }, () => ask("many")));
    await ask("one");
    // One runs, and a quarter of forty may wait.
    expect((await many).filter(({ status }) => status === "rejected")).toHaveLength(9);
    expect((await many).at(-1)).toMatchObject({ reason: refused });
    expect(order.indexOf("one")).toBeLessThan(4);
  });

  test("a search that takes too long is stopped by the server, and told so", async () => {
    const { searches } = await openSearches({ maxMs: 100 });
    await expect(searches.run(by, sleep)).rejects.toMatchObject({ code: "GatewayTimeout", status: 504 });
    expect((await searches.run(by, readOne)).rows).toEqual([{ one: 1 }]);
  });

  test("a line that ends rejects the searches that wait and those that come", async () => {
    const { searches } = await openSearches({ maxConnections: 1 });
    const running = searches.run(by, readOne);
    const waiting = searches.run(by, readOne);
    const ended = searches.end();
    await expect(waiting).rejects.toMatchObject(refused);
    await expect(searches.run(by, readOne)).rejects.toMatchObject(refused);
    expect((await running).rows).toHaveLength(1);
    await ended;
  });

  test("what reads a whole tenant or log waits in the line, and a page by name does not", async () => {
    const store: ImportingStore = await openPostgresStore({
      location: locationOf(server().url(await createDatabase())),
    });
    onTestFinished(() => store.close());
    await addApps(store, [sampleApp()]);
    const leaving = store.open({ ...session, abandoned: () => AbortSignal.abort() });
    expect((await leaving.listApps({ top: 10 })).apps).toHaveLength(1);
    expect((await leaving.readChanges({ order: "desc", top: 10, appId })).changes).toHaveLength(1);
    await expect(leaving.listApps({ top: 10, search: [{ word: "x" }] })).rejects.toMatchObject(gone);
    await expect(leaving.readChanges({ order: "desc", top: 10, actor: "x" })).rejects.toMatchObject(gone);
  });

  test("names are ordered and compared in the same way in a database of another language", async () => {
    const database = await createDatabase({
      definition: "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'",
    });
    const store = await openPostgresStore({ location: locationOf(server().url(database)) });
    onTestFinished(() => store.close());
    const names = ["İ", "I", "i", "ı", "ö", "z", "\uFB01", "🍏"];
    await addApps(
      store,
      names.map((displayName, at) =>
        sampleApp({ id: `00000000-0000-4000-8000-00000000000${at}`, displayName, notes: displayName }),
      ),
    );
    const tenant = store.open(session);
    const namesOf = async (query: Parameters<typeof tenant.listApps>[0]) =>
      (await tenant.listApps(query)).apps.map(({ properties }) => JSON.parse(properties).displayName);
    const notes = { kind: "property", name: "notes" } as const;
    const ordered = ["I", "i", "İ", "z", "ö", "ı", "\uFB01", "🍏"];
    expect(await namesOf({ top: 9 })).toEqual(ordered);
    expect(await namesOf({ top: 9, orderBy: [{ path: notes, descending: false }] })).toEqual(ordered);
    expect(await namesOf({ top: 9, search: [{ word: "I", property: "displayName" }] })).toEqual([
      "I",
      "i",
      "İ",
    ]);
    const isSmall = { kind: "startsWith", text: notes, part: { kind: "value", value: "i" } } as const;
    expect(await namesOf({ top: 9, filter: isSmall })).toEqual(["I", "i", "İ"]);
    const state = { kind: "property", name: "publishingState" } as const;
    const published = { kind: "value", value: "published" } as const;
    const filter = { kind: "compare", operator: "eq", left: state, right: published } as const;
    expect(await namesOf({ top: 9, filter, orderBy: [{ path: state, descending: true }] })).toHaveLength(8);
  });
});
