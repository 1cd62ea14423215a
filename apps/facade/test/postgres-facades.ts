import { whyNoPostgres } from "@tooling/postgres";
import { serveWith } from "./facades.ts";
import { locationOf, usePostgres } from "./postgres.ts";

/** Lets the tests of this file, and those that it imports, run over PostgreSQL: each facade has a database of its own. */
export function serveFromPostgres(): void {
  const { server } = usePostgres({ settings: { fsync: "off" } });
  serveWith(async () => {
    // Without a server its tests are skipped, and only what they share is opened.
    if (whyNoPostgres() !== undefined) return {};
    return { store: locationOf(server().url(await server().createDatabase())) };
  });
}
