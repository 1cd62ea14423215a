import type { ImportingStore } from "@install-summary/core/service";
import type { PostgresServer } from "@tooling/postgres";
import { expect, onTestFinished } from "vitest";
import { inspectDatabase } from "../src/store/postgres/inspect-database.ts";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { startLosingLink, type LosingLink } from "./losing-link.ts";
import { locationOf, usePostgres } from "./postgres.ts";
import { addApps, appId, otherTenantId, sampleApp } from "./samples.ts";

/** A database with two apps, whose ids are `appId` and `otherTenantId`. */
export interface LinkedStores {
  readonly database: string;
  readonly link: LosingLink;
  /** A store through the link, and one beside it. */
  readonly store: ImportingStore;
  readonly other: ImportingStore;
}

/** The server of the tests of a file, and what they do with stores on it. */
export interface LinkingServer {
  readonly server: () => PostgresServer;
  readonly openLinked: () => Promise<LinkedStores>;
  /** The versions of an app in the order of the log, which is checked as a whole. */
  readonly versionsOf: (database: string, app?: string) => Promise<readonly number[]>;
}

/** Stores in the databases of a server, through links that lose messages. */
export function useLinkedStores(): LinkingServer {
  const { server, createDatabase } = usePostgres();
  const openLinked = async (): Promise<LinkedStores> => {
    const database = await createDatabase();
    const location = locationOf(server().url(database));
    const link = await startLosingLink(server().port);
    const open = async (port: number): Promise<ImportingStore> => {
      const hosts = [{ host: "127.0.0.1", port }];
      const store = await openPostgresStore({ location: { ...location, hosts } });
      onTestFinished(() => store.close());
      return store;
    };
    const [store, other] = [await open(link.port), await open(server().port)];
    await addApps(other, [sampleApp(), sampleApp({ id: otherTenantId })]);
    return { database, link, store, other };
  };
  const versionsOf: LinkingServer["versionsOf"] = async (database, app = appId) => {
    expect((await inspectDatabase(locationOf(server().url(database)))).faults).toEqual([]);
    const rows = await server().query(
      "SELECT version FROM install_summary_change WHERE app_id = $1 ORDER BY sequence",
      [app],
      database,
    );
    return rows.map(({ version }) => Number(version));
  };
  return { server, openLinked, versionsOf };
}

/** The text of a commit with the end of its message, as the beginning of a transaction names READ COMMITTED. */
export const commit = "COMMIT\0";
