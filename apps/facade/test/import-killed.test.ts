import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { runFacade, startFacade } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { expectWholeLog, temporaryFolder } from "./stores.ts";

const apps = 20_000;

/** How many apps are in a store; none while there is no store. */
function countApps(file: string): number {
  if (!existsSync(file)) return 0;
  try {
    using database = new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    return Number(database.prepare("SELECT count(*) AS apps FROM mobile_app").get()?.["apps"]);
  } catch {
    // Its tables are being made.
    return 0;
  }
}

test("B133 an import that is killed while it writes leaves whole apps, and the same file again brings the others", async () => {
  const place = { folder: temporaryFolder() };
  const report = largeReport(place.folder, apps);
  const data = join(place.folder, ".data");
  const store = join(data, "install-summary.db");
  const importing = startFacade(place, "import", report);
  const ended = once(importing, "exit");
  while (importing.exitCode === null && countApps(store) === 0) await new Promise(setImmediate);
  importing.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
  const before = countApps(store);
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(apps);
  await expectWholeLog(store, developmentTenantId);

  const again = await runFacade(place, "import", report);
  expect(again).toEqual({
    exit: 0,
    stdout: `${apps - before} created, 0 changed, ${before} unchanged, 0 rejected.\n`,
    stderr: "",
  });
  expect(countApps(store)).toBe(apps);
  await expectWholeLog(store, developmentTenantId);
  expect(readdirSync(data).filter((name) => name.startsWith("import-"))).toEqual([]);
});
