import { SignJWT } from "jose";
import { openDevelopmentKey } from "../../data-folder/development-key.ts";
import type { Issuer } from "../issuer.ts";
import { lifetimeOf, parseTenantId } from "../token.ts";
import { guidOf } from "./guid-of.ts";

// Neither depends on host or port, so a token stays good when the facade moves.
const name = "urn:install-summary:development";
const audience = "api://install-summary";

/** The tenant of development tokens that do not name one. */
export const developmentTenantId = "de7e10b0-0000-4000-8000-000000000000";

/** The claims of a development token. */
export interface DevelopmentTokenOptions {
  /**
   * The permissions, separated by blanks.
   *
   * @default "DeviceManagementApps.ReadWrite.All"
   */
  readonly scope?: string | undefined;
  /** @default developmentTenantId */
  readonly tenant?: string | undefined;
  /** @default "developer" */
  readonly user?: string | undefined;
  /**
   * Seconds until the token expires.
   *
   * @default 3600
   */
  readonly expiresIn?: number | undefined;
  /** Makes an application's own token, whose permissions are app roles. */
  readonly application?: boolean | undefined;
}

/** The issuer of tokens for trying things out. It may speak for any tenant, and is trusted on this machine alone. */
export interface DevelopmentIssuer extends Issuer {
  readonly keyId: string;
  /** The tenant of tokens and imports that do not name one. */
  readonly defaultTenantId: string;
  /** Issues a token. Throws `TypeError` for a tenant that is not a GUID, or a lifetime that is not a number. */
  issueToken(options?: DevelopmentTokenOptions): Promise<string>;
}

/** Opens the issuer of a data folder. Its key is made at the first time and kept there. */
export async function openDevelopmentIssuer(folder: string): Promise<DevelopmentIssuer> {
  const { keyId, publicKey, privateKey } = await openDevelopmentKey(folder);
  return {
    audiences: [audience],
    signIn: undefined,
    tenantOf: ({ iss, tid }) => (iss === name ? parseTenantId(tid) : undefined),
    keyFor: (id) => (id === keyId ? publicKey : undefined),
    hasKey: (key) => key === publicKey,
    check: () => undefined,
    keyId,
    defaultTenantId: developmentTenantId,
    async issueToken(options = {}) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT(claimsFor(options))
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: keyId })
        .setIssuer(name)
        .setAudience(audience)
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + lifetimeOf(options.expiresIn))
        .sign(privateKey);
    },
  };
}

function claimsFor({
  scope = "DeviceManagementApps.ReadWrite.All",
  tenant = developmentTenantId,
  user = "developer",
  application = false,
}: DevelopmentTokenOptions): Record<string, unknown> {
  const tid = parseTenantId(tenant);
  if (tid === undefined) throw new TypeError(`The tenant '${tenant}' is not a GUID.`);
  const oid = guidOf(tid, user);
  const azp = "de7e10b0-0000-4000-8000-000000000001";
  if (application) return { tid, ver: "2.0", idtyp: "app", roles: scope.split(" "), oid, sub: oid, azp };
  return { tid, ver: "2.0", scp: scope, oid, sub: guidOf(azp, oid), azp, preferred_username: user };
}
