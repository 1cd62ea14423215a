import { join } from "node:path";
import { openSqliteStore } from "../src/store/sqlite/open-sqlite-store.ts";
import { testChangeLog } from "./change-log-conformance.ts";
import { temporaryFolder } from "./stores.ts";

testChangeLog({
  name: "SQLite",
  create() {
    const file = join(temporaryFolder(), "store.db");
    return () => openSqliteStore({ file });
  },
});
