import type { Facade } from "@install-summary/facade";

/** What callers of a tenant read: its apps with their numbers and ETags, and its change log with its cursors. */
export interface TenantContent {
  readonly apps: readonly unknown[];
  readonly changes: readonly unknown[];
}

/** Reads all that a facade serves of some tenants, by their ids. */
export async function readStore(
  facade: Facade,
  tenants: readonly string[],
): Promise<Readonly<Record<string, TenantContent>>> {
  const contents = tenants.map(async (tenant) => [tenant, await readTenant(facade, tenant)] as const);
  return Object.fromEntries(await Promise.all(contents));
}

async function readTenant(facade: Facade, tenant: string): Promise<TenantContent> {
  const token = await facade.issueToken({ tenant });
  const read = async (path: string): Promise<readonly unknown[]> => {
    const response = await fetch(facade.url + path, { headers: { Authorization: `Bearer ${token}` } });
    const body: unknown = await response.json();
    if (!response.ok)
      throw new Error(`GET ${path} responds with ${response.status}: ${JSON.stringify(body)}`);
    const { value } = Object(body);
    if (!Array.isArray(value)) throw new Error(`GET ${path} has no list.`);
    // The context is the facade's own URL, which is another one each time.
    return value.map(({ "installSummary@odata.context": _context, ...row }) => row);
  };
  return {
    apps: await read("/beta/deviceAppManagement/mobileApps?$expand=installSummary&$top=1000"),
    changes: await read("/api/changes?top=1000"),
  };
}
