import { existsSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { developmentTenantId } from "../src/identity/development/development-issuer.ts";
import { report } from "./facades.ts";
import { runFacade } from "./programs.ts";
import { temporaryFolder } from "./stores.ts";

const tenant = "3f2a6d1e-0c57-4a7e-9d3a-111111111111";
const unknown = "3f2a6d1e-0c57-4a7e-9d3a-999999999999";

test("a tenant that the store does not have is told with those that it has, and neither exported nor erased", async () => {
  const folder = temporaryFolder();
  const place = { folder };
  const store = join(folder, ".data", "install-summary.db");
  const told = (id: string) =>
    `install-summary-facade: The store ${store} has no tenant ${id}. It has ${tenant}.\n`;
  const stdin = Readable.from([report]);
  expect(await runFacade({ folder, stdin }, "import", "-", "--tenant", tenant)).toMatchObject({ exit: 0 });
  for (const words of [
    ["export", "out.csv", "--tenant", unknown],
    ["erase", "--tenant", unknown, "--yes"],
  ]) {
    expect(await runFacade(place, ...words)).toEqual({ exit: 4, stdout: "", stderr: told(unknown) });
  }
  expect(existsSync(join(folder, "out.csv"))).toBe(false);
  const other = await runFacade(place, "export");
  expect(other).toEqual({ exit: 4, stdout: "", stderr: told(developmentTenantId) });
  expect(await runFacade(place, "export", "--tenant", tenant.toUpperCase())).toMatchObject({ exit: 0 });
});

test("a store without apps is exported as a report without rows, but not for a tenant that was named", async () => {
  const folder = temporaryFolder();
  const store = join(folder, ".data", "install-summary.db");
  const header = report.split("\n", 1).join("");
  const stdin = Readable.from([`${header}\n`]);
  await runFacade({ folder, stdin }, "import", "-");
  const empty = await runFacade({ folder }, "export");
  expect(empty).toMatchObject({ exit: 0, stderr: "" });
  expect(empty.stdout.trimEnd().split("\r\n")).toHaveLength(1);
  expect(await runFacade({ folder }, "export", "--tenant", unknown)).toEqual({
    exit: 4,
    stdout: "",
    stderr: `install-summary-facade: The store ${store} has no tenant ${unknown}. It is empty: an import makes a tenant.\n`,
  });
});
