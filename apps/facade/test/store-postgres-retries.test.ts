import { formatETag } from "@install-summary/core";
import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ImportingStore } from "@install-summary/core/service";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, incrementing, openTenant, request, sampleApp, sampleSummary } from "./samples.ts";
import { idOf } from "./store-subject.ts";

describe("a store in PostgreSQL", () => {
  const { server, createDatabase } = usePostgres({ settings: { fsync: "off" } });

  async function openWithApp(database: string): Promise<ImportingStore> {
    const store = await openPostgresStore({ location: locationOf(server().url(database)) });
    onTestFinished(() => store.close());
    await addApps(store, [sampleApp()]);
    return store;
  }

  /** Has the server refuse so many changes of a feed; resolves to what tells how often it was asked. */
  async function refuseChanges(
    database: string,
    state: string,
    times: number,
  ): Promise<() => Promise<number>> {
    const query = (text: string) => server().query(text, [], database);
    // What is drawn from a sequence stays drawn where its transaction is undone.
    await query("CREATE SEQUENCE tries");
    await query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('tries') <= ${times} THEN RAISE EXCEPTION USING ERRCODE = '${state}'; END IF;
      RETURN NEW;
    END $$`);
    await query("CREATE TRIGGER refuse BEFORE UPDATE ON change_feed FOR EACH ROW EXECUTE FUNCTION refuse()");
    return async () => Number((await query("SELECT last_value FROM tries"))[0]?.["last_value"]);
  }

  test.for(["40001", "40P01", "23505", "57P01", "57P03", "08006"])(
    "makes a change and an import that the server refuses by %s again, and once",
    async (state) => {
      const database = await createDatabase();
      const tenant = openTenant(await openWithApp(database));
      const tries = await refuseChanges(database, state, 3);
      expect(await tenant.update(appId, incrementing, request)).toMatchObject({
        current: { etag: formatETag(2) },
      });
      expect(await tries()).toBeGreaterThan(3);
      await server().query("ALTER SEQUENCE tries RESTART", [], database);
      const app = sampleApp({ id: idOf(1) });
      const decision = { kind: "created", app, summary: sampleSummary({}, app.id) } as const;
      await tenant.importApps([{ appId: app.id, decide: () => decision }], request);
      expect(await tries()).toBeGreaterThan(3);
      expect(await tenant.readLastSequence()).toBe(3);
    },
  );

  test("makes a change six times at most, and then it is a 503", async () => {
    const database = await createDatabase();
    const tenant = openTenant(await openWithApp(database));
    const tries = await refuseChanges(database, "40001", 1_000_000);
    await expect(tenant.update(appId, incrementing, request)).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining("The change was not applied."),
    });
    const count = await tries();
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThanOrEqual(6);
    expect(await tenant.readLastSequence()).toBe(1);
  });

  test("reads again where a session is ended in the midst of a read", async () => {
    const database = await createDatabase();
    const tenant = openTenant(await openWithApp(database));
    const other = new Client(server().url(database));
    await other.connect();
    onTestFinished(() => other.end());
    await other.query("BEGIN");
    await other.query("LOCK TABLE install_summary IN ACCESS EXCLUSIVE MODE");
    const read = tenant.readSummary(appId);
    const waiting = "FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'";
    await expect.poll(() => server().query(`SELECT ${waiting}`, [database])).toHaveLength(1);
    await server().query(`SELECT pg_terminate_backend(pid) ${waiting}`, [database]);
    await other.query("ROLLBACK");
    expect(await read).toMatchObject({ etag: formatETag(1) });
  });
});
