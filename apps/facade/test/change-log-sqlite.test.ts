import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { testChangeLog } from "./change-log-conformance.ts";
import { addApps, appId, sampleApp, tenantId } from "./samples.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

testChangeLog({
  name: "SQLite",
  create() {
    const file = join(temporaryFolder(), "store.db");
    return () => openSqliteStore({ file });
  },
});

test("what may read all of an app's history leaves the server's thread, as a caller who has gone shows", async () => {
  const store = await openTestStore({ file: join(temporaryFolder(), "store.db") });
  await addApps(store, [sampleApp()]);
  const gone = store.open({
    tenantId,
    actor: "developer",
    origin: "api",
    abandoned: () => AbortSignal.abort(),
  });
  expect(await gone.readChanges({ order: "desc", top: 1, appId })).toMatchObject({ changes: [{ appId }] });
  // The cursor may be that of another app.
  await expect(gone.readChanges({ order: "desc", top: 1, appId, after: 1 })).rejects.toMatchObject({
    message: "The caller went away before the response was ready.",
  });
});
