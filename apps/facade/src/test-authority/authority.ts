import { SignJWT } from "jose";
import { generateKeyPair, randomUUID, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { claimsFor, issuerName, type TestTokenOptions } from "./claims.ts";

/** What a test authority speaks for. */
export interface AuthorityOptions {
  /**
   * The ids of its tenants; the first one is that of tokens that name none.
   *
   * @default one tenant
   */
  readonly tenants?: readonly [string, ...string[]] | undefined;
  /**
   * The client id of the app registration that its tokens are for.
   *
   * @default "5e7f1d00-0000-4000-8000-000000000001"
   */
  readonly clientId?: string | undefined;
  /** The time in milliseconds. */
  readonly now?: (() => number) | undefined;
}

/** Where a test authority listens. */
export interface TestAuthorityOptions extends AuthorityOptions {
  /** @default any free port */
  readonly port?: number | undefined;
}

/** A key that an authority signs with. */
export interface SigningKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** What Entra ID knows and does, without a server: its documents, its keys and its tokens. */
export interface Authority {
  readonly tenants: readonly [string, ...string[]];
  readonly clientId: string;
  /** The key that tokens are signed with. */
  signingKey(): SigningKey;
  /** The document at a path, as a server of this origin would send it; undefined where there is none. */
  documentAt(path: string, origin: string): object | undefined;
  /** Issues an access token: by default one of version 2.0, of a user who may read and write. */
  issueToken(options: TestTokenOptions | undefined, origin: string): Promise<string>;
  /** Publishes a new key, signs with it from now on, and removes the one before from the published set. */
  rotateKeys(): Promise<void>;
}

/** The tenant of a test authority that is given none. */
export const testTenantId = "7e57ab1e-0000-4000-8000-000000000001";

/** Makes an authority with a fresh key. */
export async function createAuthority({
  tenants = [testTenantId],
  clientId = "5e7f1d00-0000-4000-8000-000000000001",
  now = Date.now,
  makeKey = createKey,
}: AuthorityOptions & { readonly makeKey?: () => Promise<SigningKey> } = {}): Promise<Authority> {
  let key = await makeKey();
  return {
    tenants,
    clientId,
    signingKey: () => key,
    documentAt(path, origin) {
      const [, tenantId = "", rest] = /^\/([^/]+)(\/.*)$/.exec(path) ?? [];
      if (!tenants.includes(tenantId)) return undefined;
      return documents(key, tenantId, origin).get(rest);
    },
    async issueToken({ tenant = tenants[0], ...options } = {}, origin) {
      const claims = claimsFor({ tenant, clientId, origin, now: now(), ...options });
      return new SignJWT(claims)
        .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: key.keyId })
        .sign(key.privateKey);
    },
    async rotateKeys() {
      key = await makeKey();
    },
  };
}

/** The paths and members are Entra's, reduced to what the tests need. */
function documents(key: SigningKey, tenantId: string, origin: string): ReadonlyMap<unknown, object> {
  const place = `${origin}/${tenantId}`;
  const discovery = (version: "1.0" | "2.0"): object => ({
    issuer: issuerName(version, tenantId, origin),
    jwks_uri: version === "2.0" ? `${place}/discovery/v2.0/keys` : `${place}/discovery/keys`,
    authorization_endpoint: `${place}/oauth2${version === "2.0" ? "/v2.0" : ""}/authorize`,
    id_token_signing_alg_values_supported: ["RS256"],
  });
  const { keyId, publicKey } = key;
  const keySet = { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", kid: keyId, x5t: keyId }] };
  return new Map([
    ["/.well-known/openid-configuration", discovery("1.0")],
    ["/v2.0/.well-known/openid-configuration", discovery("2.0")],
    ["/discovery/keys", keySet],
    ["/discovery/v2.0/keys", keySet],
  ]);
}

/** Makes an RSA key of the least size that RS256 may be used with. */
export async function createKey(): Promise<SigningKey> {
  const pair = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return { keyId: randomUUID().replaceAll("-", ""), ...pair };
}
