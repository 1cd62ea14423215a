import { UserError } from "@install-summary/command-line/errors";
import { openDevelopmentIssuer } from "../identity/development/development-issuer.ts";
import { readSettings } from "../settings/read-settings.ts";
import { prepareFolderToRead } from "../data-folder/prepare-folder.ts";
import type { CommandContext } from "./command-context.ts";
import { parseTenant } from "./parse-tenant.ts";
import { parseDuration } from "./parse-duration.ts";
import type { SharedFlags } from "./setting-flags.ts";

/** The options as they were given. */
export interface TokenFlags extends SharedFlags {
  readonly scope?: string;
  readonly tenant?: string;
  readonly user?: string;
  readonly expiresIn?: string;
  readonly application?: boolean;
}

/** Prints a development token. Throws `UserError` where tokens of Entra ID are accepted instead. */
export async function token(
  { env, folder, process }: CommandContext,
  { scope, user, application, tenant, expiresIn, ...flags }: TokenFlags,
): Promise<void> {
  const options = {
    scope,
    user,
    application,
    tenant: parseTenant(tenant),
    expiresIn: parseDuration(expiresIn),
  };
  const { data, tenants, audience } = readSettings({ options: flags, env, folder });
  if (tenants.length > 0) throw noDevelopmentTokens(audience);
  prepareFolderToRead(data);
  const issuer = await openDevelopmentIssuer(data);
  process.stdout.write(`${await issuer.issueToken(options)}\n`);
}

function noDevelopmentTokens([resource = ""]: readonly string[]): UserError {
  return new UserError(
    "With tenants set, this facade accepts tokens of Entra ID and no development tokens. " +
      `Get one from Entra ID, for example with az account get-access-token --resource ${resource}.`,
  );
}
