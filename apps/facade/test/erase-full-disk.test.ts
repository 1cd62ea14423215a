import { join } from "node:path";
import { expect, test } from "vitest";
import { inspectStore } from "../src/store/sqlite/inspect-store.ts";
import { program } from "./programs.ts";
import { largeReport } from "./reports.ts";
import { fillBut, runOnDisk } from "./small-disk.ts";
import { temporaryFolder } from "./stores.ts";

const tenant = "3f2a6d1e-0c57-4a7e-9d3a-111111111111";
const other = "3f2a6d1e-0c57-4a7e-9d3a-222222222222";
const apps = 10_000;
const erasing = [program, "erase", "--data", "disk", "--tenant", tenant, "--yes"] as const;

/** The words of a shell that imports a report. */
function importing(report: string, tenantId: string): string {
  return `"$0" ${program} import ${report} --data disk --tenant ${tenantId} > /dev/null`;
}

/** Erases a tenant of many apps where so many KiB are free, and tells what the store holds then. */
async function eraseOnDisk(kibibytes: number) {
  const folder = temporaryFolder();
  largeReport(folder, apps);
  const ended = runOnDisk(
    {
      size: "64m",
      folder,
      before: `${importing("report.csv", tenant)} && ${fillBut(kibibytes)}`,
      afterwards: "rm disk/ballast; cp disk/install-summary.db* .",
    },
    ...erasing,
  );
  return ended && { ...ended, store: await inspectStore(join(folder, "install-summary.db")) };
}

test("an erasure that a full disk stops half-way says what is gone", async (context) => {
  const ended = await eraseOnDisk(2000);
  if (ended === undefined) return context.skip("no small disk can be mounted");
  const { store, ...told } = ended;
  expect(told).toMatchObject({ exit: 7, printed: "" });
  const said =
    /^install-summary-facade: The store \S+ cannot be written: the disk is full\. The tenant is erased in part, with 0 of its apps and ([\d,]+) of its changes\. Erase it again to go on\.\n$/.exec(
      told.stderr,
    );
  const gone = Number(said?.[1]?.replaceAll(",", ""));
  expect(gone).toBeGreaterThan(0);
  expect(store).toMatchObject({ faults: [], apps, changes: apps - gone });
});

test("an erasure for which the disk has no room at all says that nothing was erased", async (context) => {
  const ended = await eraseOnDisk(64);
  if (ended === undefined) return context.skip("no small disk can be mounted");
  const { store, ...told } = ended;
  expect(told).toMatchObject({
    exit: 7,
    printed: "",
    stderr: expect.stringMatching(
      /^install-summary-facade: The store \S+ cannot be written: the disk is full\. Nothing was erased\.\n$/,
    ),
  });
  expect(store).toMatchObject({ faults: [], apps, changes: apps });
});

test("an erasure whose file has no room to be written anew says that the tenant is erased, and what is left", async (context) => {
  const folder = temporaryFolder();
  const [few, many] = [largeReport(temporaryFolder(), 200), largeReport(folder, apps)];
  // As an older version of this program has deleted: without overwriting.
  const deleting = `const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync("disk/install-summary.db");
    database.exec(\`PRAGMA secure_delete = OFF; DELETE FROM install_summary_change WHERE tenant_id = '${tenant}';
      UPDATE change_feed SET removed = last WHERE tenant_id = '${tenant}'\`);
    database.close();`;
  const ended = runOnDisk(
    {
      size: "64m",
      folder,
      before: [
        importing(few, tenant),
        importing(many, other),
        `"$0" --eval '${deleting.replaceAll("'", `'\\''`)}'`,
        fillBut(2000),
      ].join(" && "),
      afterwards: "rm disk/ballast; cp disk/install-summary.db* .",
    },
    ...erasing,
  );
  if (ended === undefined) return context.skip("no small disk can be mounted");
  expect(ended.printed).toContain(" tenant erased ");
  const file = join("disk", "install-summary.db");
  expect(ended.stderr).toMatch(
    new RegExp(
      `The store \\S+${file} cannot be written: the disk is full\\. The tenant is erased, and the file \\S+${file} may still hold its id\\. Run the command again\\.\n$`,
    ),
  );
  expect(ended.exit).toBe(7);
  expect(await inspectStore(join(folder, "install-summary.db"))).toMatchObject({
    faults: [],
    tenants: 1,
    apps,
  });
});
