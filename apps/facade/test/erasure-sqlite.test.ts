import { join } from "node:path";
import { expect, test } from "vitest";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { testErasure } from "./erasure-conformance.ts";
import { checkRandomStories } from "./store-model.ts";
import { openTestStore, temporaryFolder } from "./stores.ts";

testErasure({
  name: "SQLite",
  create() {
    const file = join(temporaryFolder(), "store.db");
    return () => openSqliteStore({ file });
  },
});

test("after random stories with removals and erasures the store is whole", async () => {
  const file = join(temporaryFolder(), "store.db");
  const store = await openTestStore({ file });
  await checkRandomStories(store);
  expect(inspectStore(file)).toMatchObject({ faultCount: 0, faults: [] });
});
