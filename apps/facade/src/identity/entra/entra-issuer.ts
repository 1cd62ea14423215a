import { graphError } from "@install-summary/core";
import { invalidToken } from "@install-summary/core/service";
import { clientIdOf } from "../audiences.ts";
import type { Issuer } from "../issuer.ts";
import type { TokenClaims } from "../token.ts";
import { versionOf, type TokenVersion } from "./fetch-keys.ts";
import { openIssuerKeys, type FetchOptions, type IssuerKeys } from "./issuer-keys.ts";

/** Whose tokens are accepted. */
export interface EntraSettings {
  /** The ids of the tenants, in lower case. */
  readonly tenants: readonly string[];
  /** The accepted values of `aud`. */
  readonly audiences: readonly string[];
  /** The origin of the authority, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
}

/** Entra ID: an issuer per tenant and version of its tokens, whose keys are fetched from the authority and change. */
export interface EntraIssuer extends Issuer {
  /** Fetches the keys of all tenants for tokens of version 2.0, so that first requests need not wait. Never rejects. */
  prepare(): Promise<void>;
}

/** Makes the issuer of the allowed tenants. Keys of other tenants are never fetched. */
export function createEntraIssuer(settings: EntraSettings, options: FetchOptions): EntraIssuer {
  const { tenants, audiences, authority } = settings;
  const open = (tenantId: string, version: TokenVersion): IssuerKeys =>
    openIssuerKeys({ authority, tenantId, version }, options);
  const issuers: ReadonlyMap<string, TenantKeys> = new Map(
    tenants.map((tenantId) => [tenantId, { "1.0": open(tenantId, "1.0"), "2.0": open(tenantId, "2.0") }]),
  );
  /** Whose key it is that was found. */
  const owners = new WeakMap<object, IssuerKeys>();
  const all = [...issuers.values()].flatMap((tenant) => [tenant["2.0"], tenant["1.0"]]);
  const signIn = {
    authorizationUri: `${authority}/common/oauth2/authorize`,
    clientId: findClientId(audiences),
  };

  const issuer: EntraIssuer = {
    audiences,
    signIn,
    tenantOf: (claims) => find(claims)?.tenantId,
    async keyFor(keyId, claims) {
      const { keys } = find(claims) ?? {};
      if (keys === undefined || (await keys.name()) !== claims.iss) throw invalidToken(issuer, "issuer");
      const key = await keys.find(keyId);
      if (key !== undefined) owners.set(key, keys);
      return key;
    },
    hasKey: (key) => owners.get(key)?.has(key) === true,
    check() {
      if (all.some((keys) => keys.isReady())) return;
      void prepare();
      throw graphError("ServiceUnavailable", "The signing keys of Entra ID have not been fetched yet.");
    },
    prepare,
  };
  return issuer;

  /** By `tid` and the form of `iss`, which says the version; `ver` must not say another one. */
  function find({ tid, iss, ver }: TokenClaims): { tenantId: string; keys: IssuerKeys } | undefined {
    if (typeof tid !== "string" || typeof iss !== "string") return undefined;
    const version = versionOf(iss, tid);
    if (version === undefined || (ver ?? version) !== version) return undefined;
    const keys = issuers.get(tid)?.[version];
    return keys && { tenantId: tid, keys };
  }

  async function prepare(): Promise<void> {
    await Promise.all([...issuers.values()].map((tenant) => tenant["2.0"].prepare()));
  }
}

type TenantKeys = Readonly<Record<TokenVersion, IssuerKeys>>;

/** The client id among the audiences; undefined where only an App ID URI of another form is named. */
function findClientId(audiences: readonly string[]): string | undefined {
  return audiences.map(clientIdOf).find((clientId) => clientId !== undefined);
}
