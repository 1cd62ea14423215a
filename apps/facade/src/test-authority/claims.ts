import { randomUUID } from "node:crypto";
import { guidOf } from "../identity/development/guid-of.ts";
import { lifetimeOf } from "../identity/token.ts";

/** The claims of a test authority's token. */
export interface TestTokenOptions {
  /**
   * The version of the token, as the manifest of an app registration chooses it.
   *
   * @default "2.0"
   */
  readonly version?: "1.0" | "2.0" | undefined;
  /** @default the authority's first tenant */
  readonly tenant?: string | undefined;
  /**
   * The scopes of a user's token, or the app roles of an application's, separated by blanks.
   *
   * @default "DeviceManagementApps.ReadWrite.All"
   */
  readonly scope?: string | undefined;
  /** @default "ada@contoso.example" */
  readonly user?: string | undefined;
  /** Makes an application's own token. */
  readonly application?: boolean | undefined;
  /**
   * Seconds until the token expires.
   *
   * @default 3600
   */
  readonly expiresIn?: number | undefined;
  /** Replaces claims, or removes those that are undefined. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

interface ClaimsOfWhom extends TestTokenOptions {
  readonly tenant: string;
  readonly clientId: string;
  readonly origin: string;
  /** In milliseconds. */
  readonly now: number;
}

/** The value of `iss` of a tenant's tokens. */
export function issuerName(version: "1.0" | "2.0", tenantId: string, origin: string): string {
  return version === "2.0" ? `${origin}/${tenantId}/v2.0` : `https://sts.windows.net/${tenantId}/`;
}

/** The claims of an access token, as Entra ID documents them. */
export function claimsFor({
  version = "2.0",
  tenant,
  scope = "DeviceManagementApps.ReadWrite.All",
  user = "ada@contoso.example",
  application = false,
  expiresIn,
  clientId,
  origin,
  now,
  claims,
}: ClaimsOfWhom): Record<string, unknown> {
  const seconds = Math.floor(now / 1000);
  const client = "c11e0000-0000-4000-8000-000000000001";
  const oid = guidOf(tenant, application ? client : user);
  const isNew = version === "2.0";
  return {
    aud: isNew ? clientId : `api://${clientId}`,
    iss: issuerName(version, tenant, origin),
    iat: seconds,
    nbf: seconds,
    exp: seconds + lifetimeOf(expiresIn),
    ...(isNew ? { azp: client, azpacr: "1" } : { appid: client, appidacr: "1" }),
    ...(application ? { roles: scope.split(" "), sub: oid } : { scp: scope, sub: guidOf(oid, clientId) }),
    ...(!application && (isNew ? { preferred_username: user } : { upn: user, unique_name: user })),
    oid,
    tid: tenant,
    uti: randomUUID(),
    ver: version,
    ...claims,
  };
}
