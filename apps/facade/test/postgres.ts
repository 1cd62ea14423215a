import {
  startPostgres,
  whyNoPostgres,
  type DatabaseOptions,
  type PostgresOptions,
  type PostgresServer,
} from "@tooling/postgres";
import { afterAll, beforeAll, beforeEach, onTestFinished } from "vitest";
import type { ImportingStore } from "@install-summary/core/service";
import { openPostgresStore } from "../src/store/postgres/open-postgres-store.ts";
import { parsePostgresUrl, type PostgresLocation } from "../src/store/postgres-location.ts";

/** A server for the tests of a file. */
export interface TestServer {
  readonly server: () => PostgresServer;
  /** Creates a database that is dropped when the test is done, and resolves to its name. */
  readonly createDatabase: (options?: DatabaseOptions) => Promise<string>;
  /** Makes what opens a store in a database of its own, again and again the same one. */
  readonly createOpener: () => () => Promise<ImportingStore>;
}

/** Starts a server before the tests of a file and ends it after them. Where there is none, they are skipped. */
export function usePostgres(serverOptions?: PostgresOptions): TestServer {
  let started: PostgresServer | undefined;
  const server = (): PostgresServer => {
    if (started === undefined) throw new Error("The server is not started.");
    return started;
  };
  const missing = whyNoPostgres();
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });
  beforeAll(async () => {
    if (missing === undefined) started = await startPostgres(serverOptions);
  });
  afterAll(() => started?.[Symbol.asyncDispose]());
  const createDatabase: TestServer["createDatabase"] = async (options) => {
    const name = await server().createDatabase(options);
    // Dropping waits for a checkpoint of the server.
    onTestFinished(() => server().dropDatabase(name), 120_000);
    return name;
  };
  return {
    server,
    createDatabase,
    createOpener() {
      let database: Promise<string> | undefined;
      return async () => {
        database ??= createDatabase();
        return openPostgresStore({ location: locationOf(server().url(await database)) });
      };
    },
  };
}

/** The location of a database, with everything that a URL of it says. */
export function locationOf(url: string): PostgresLocation {
  const location = parsePostgresUrl(url, "/");
  if (location === undefined) throw new Error("The URL of the test is not one of PostgreSQL.");
  return location;
}
