import { UserError } from "@install-summary/command-line/errors";
import { developmentTenantId } from "../identity/development/development-issuer.ts";

/** With Entra ID the tenant must be named, and be one that is served: apps of any other could not be read by anyone. */
export function chooseTenant(named: string | undefined, served: readonly string[]): string {
  if (served.length === 0) return named ?? developmentTenantId;
  if (named !== undefined && served.includes(named)) return named;
  const what = named === undefined ? "--tenant is missing" : `The tenant ${named} is not served`;
  throw new UserError(`${what}. With Entra ID it must be one of tenants: ${served.join(", ")}.`);
}
