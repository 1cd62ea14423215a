// Makes the store of this version, once: stores/VERSION.db, and stores/VERSION.json with what callers read of it. A test
// opens it in every later version. Uses the facade as it is built.
import { createRequire } from "node:module";
import { makeStore } from "./make-store.ts";
import { keptStore, keptVersions } from "./stores.ts";

const { version } = createRequire(import.meta.url)("@install-summary/facade/package.json");
if (keptVersions().includes(version))
  console.log(`The store of ${version} is kept already, and stays as it is.`);
else await makeStore(keptStore(version));
