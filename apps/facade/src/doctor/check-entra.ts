import { exitCodes, UserError } from "@install-summary/command-line/errors";
import { visibleText } from "@install-summary/core/text";
import { connectionFaultText } from "../http/connection-fault.ts";
import { fetchKeys } from "../identity/entra/fetch-keys.ts";
import type { Settings } from "../settings/settings.ts";

/** How long one tenant may take, in milliseconds. */
const maxTime = 5000;

/** Fetches the signing keys of each tenant, as `serve` does. Throws `UserError` with a sentence for each that fails. */
export async function checkEntra({ tenants, authority }: Settings): Promise<string> {
  const faults = await Promise.all(tenants.map((tenantId) => faultOf(authority, tenantId)));
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0) throw new UserError(found.join("\n"), { exit: exitCodes.unavailable });
  return `tokens of Entra ID alone are accepted; the keys of ${tenants.join(", ")} can be fetched from ${authority}`;
}

async function faultOf(authority: string, tenantId: string): Promise<string | undefined> {
  try {
    await fetchKeys({ authority, tenantId, version: "2.0" }, AbortSignal.timeout(maxTime));
    return undefined;
  } catch (error) {
    const why = visibleText(connectionFaultText(error), 200);
    return `The keys of tenant ${tenantId} cannot be fetched from ${authority}: ${why}. Check tenants, the network and its proxy.`;
  }
}
