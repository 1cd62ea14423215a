import { exitCodes, UserError } from "@install-summary/command-line/errors";

/** How many tenants of a store are named in a message. */
const maxNamed = 5;

/** The error for a tenant of which a store has nothing, with the tenants that it has. */
export function noSuchTenant(store: string, tenantId: string, tenants: readonly string[]): UserError {
  return new UserError(`The store ${store} has no tenant ${tenantId}. ${describeTenants(tenants)}`, {
    exit: exitCodes.notFound,
    code: "NotFound",
  });
}

function describeTenants(tenants: readonly string[]): string {
  if (tenants.length === 0) return "It is empty: an import makes a tenant.";
  const more = tenants.length - maxNamed;
  return `It has ${tenants.slice(0, maxNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}.`;
}
