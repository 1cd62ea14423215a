import { SignJWT } from "jose";
import { hash } from "node:crypto";
import * as z from "zod";
import type { TrustedIssuer } from "../authenticate.ts";
import { openDevelopmentKey } from "../../data-folder/development-key.ts";

/** The tenant that development tokens are for, unless another one is named. */
export const developmentTenantId = "de7e10b0-0000-4000-8000-000000000000";

/** What a development token says. */
export interface DevelopmentTokenOptions {
  /**
   * The permissions, with blanks between them.
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
  /** Whether it is an application's own token, whose permissions are app roles. */
  readonly application?: boolean | undefined;
}

/** Issues tokens for trying things out. It may speak for any tenant and is trusted on this machine alone. */
export interface DevelopmentIssuer extends TrustedIssuer {
  issueToken(options?: DevelopmentTokenOptions): Promise<string>;
}

/** Opens the issuer of a data folder; its key is made at the first time and kept there. */
export async function openDevelopmentIssuer(folder: string): Promise<DevelopmentIssuer> {
  const { keyId, publicKey, privateKey } = await openDevelopmentKey(folder);
  const issuer = "urn:install-summary:development";
  const audience = "api://install-summary";

  return { issuer, audience, keyId, publicKey, issueToken };

  async function issueToken(options: DevelopmentTokenOptions = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT(describe(options))
      .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: keyId })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + (options.expiresIn ?? 3600))
      .sign(privateKey);
  }
}

function describe({
  scope = "DeviceManagementApps.ReadWrite.All",
  tenant = developmentTenantId,
  user = "developer",
  application = false,
}: DevelopmentTokenOptions): Record<string, unknown> {
  if (!z.guid().safeParse(tenant).success) throw new TypeError(`The tenant '${tenant}' is not a GUID.`);
  const tid = tenant.toLowerCase();
  const oid = guidOf(tid, user);
  const azp = "de7e10b0-0000-4000-8000-000000000001";
  if (application) return { tid, ver: "2.0", idtyp: "app", roles: scope.split(" "), oid, sub: oid, azp };
  return { tid, ver: "2.0", scp: scope, oid, sub: guidOf(azp, oid), azp, preferred_username: user };
}

/** The same names always give the same id. */
function guidOf(...names: readonly string[]): string {
  const hex = hash("sha256", JSON.stringify(names), "hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
