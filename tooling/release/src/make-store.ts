import { createInstallSummaryClient } from "@install-summary/core/client";
import { createFacade, developmentTenantId, type Facade } from "@install-summary/facade";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStore } from "./read-store.ts";
import type { StoreFiles } from "./stores.ts";

const otherTenantId = "3f2a6d1e-0b4c-4d5e-8f6a-7b8c9d0e1f2a";

/** Makes a store with apps of two tenants and changes of all kinds, and writes it with what callers read of it. */
export async function makeStore({ store, content }: StoreFiles): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "install-summary-store-"));
  try {
    const facade = await createFacade({ settings: { data } });
    const tenants = [developmentTenantId, otherTenantId];
    for (const tenant of tenants) await fill(facade, tenant);
    const read = await readStore(facade, tenants);
    await facade.close();
    await copyFile(join(data, "install-summary.db"), store);
    await writeFile(content, `${JSON.stringify(read, undefined, 2)}\n`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** Imports some apps, and changes them as all kinds of callers do. */
async function fill(facade: Facade, tenantId: string): Promise<void> {
  const sample = import.meta.resolve("@tooling/sample-tenant/package.json");
  const report = await readFile(new URL("sample-tenant.csv", sample), "utf8");
  const rows = report.split("\n").slice(0, 9);
  const importRows = async (lines: readonly string[]): Promise<void> => {
    await facade.importReport(new Blob([lines.join("\n")]).stream(), { tenantId });
  };
  await importRows(rows);
  const token = await facade.issueToken({ tenant: tenantId, user: "ada@contoso.com" });
  const client = createInstallSummaryClient({ baseUrl: `${facade.url}/beta`, token: () => token });
  const ids = rows.slice(1).map((row) => row.slice(0, row.indexOf(",")));
  for (const [index, id] of ids.entries()) {
    const origin = ["editor", "command", "undo", "other"][index % 4] ?? "";
    const headers = { "client-request-id": `request-${index}`, "install-summary-origin": origin };
    const { etag } = await client.update(
      id,
      { failedDeviceCount: 1, failedUserCount: 2147483647 },
      { headers },
    );
    await client.update(id, { failedDeviceCount: 2 }, etag === undefined ? {} : { ifMatch: etag });
  }
  // The same report again takes back what was changed, and here gives two apps another name.
  await importRows(rows.map((row, index) => (index > 6 ? row.replace(/^([^,]*),([^,]*)/, "$1,$2 II") : row)));
}
