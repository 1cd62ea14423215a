import { createLocalJWKSet, type CryptoKey } from "jose";
import * as z from "zod";
import { isLoopback } from "../../http/addresses.ts";
import { readDocument } from "./read-document.ts";

/** The versions of Entra's tokens, as the claim `ver` has them. */
export type TokenVersion = "1.0" | "2.0";

/** An issuer of an authority: a tenant has one for each version of its tokens. */
export interface TenantIssuer {
  /** The origin of the authority, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** In lower case. */
  readonly tenantId: string;
  readonly version: TokenVersion;
}

/** What an issuer publishes about itself. */
export interface PublishedKeys {
  /** The value of `iss` in its tokens. */
  readonly issuer: string;
  /** The public key of this id for RS256; undefined where the set has no usable one, or several. */
  readonly find: (keyId: string) => Promise<CryptoKey | undefined>;
}

/**
 * Fetches the issuer's name from its discovery document, and its keys from where that document says. Throws an `Error`
 * that says what is wrong with them. Source: OpenID Connect Discovery 1.0 §4, RFC 7517 §5.
 */
export async function fetchKeys(of: TenantIssuer, signal: AbortSignal): Promise<PublishedKeys> {
  const discovery = parse(
    discoverySchema,
    await readDocument(discoveryUrl(of), signal),
    "discovery document",
  );
  const keysUrl = new URL(discovery.jwks_uri);
  if (!isIssuerOf(of, discovery.issuer)) {
    throw new Error(`the discovery document names another issuer: ${discovery.issuer}`);
  }
  if (keysUrl.origin !== of.authority) {
    throw new Error(`the discovery document names keys on another origin: ${keysUrl.origin}`);
  }
  const select = createLocalJWKSet(parse(keySetSchema, await readDocument(keysUrl, signal), "key set"));
  return {
    issuer: discovery.issuer,
    // Whatever is wrong with a key, nothing can be verified with it.
    find: (keyId) => select({ alg: "RS256", kid: keyId }).catch(() => undefined),
  };
}

/** The version of the tokens that a tenant's issuer of this name makes, in any cloud; undefined for any other name. */
export function versionOf(issuer: string, tenantId: string): TokenVersion | undefined {
  if (issuer.endsWith(`/${tenantId}/v2.0`)) return "2.0";
  return issuer.endsWith(`/${tenantId}/`) ? "1.0" : undefined;
}

// Each message is the rest of a sentence that names the value.
const isText = "must be a text";
const isObject = "must be an object";

const discoverySchema = z.object({ issuer: z.string(isText), jwks_uri: z.url("must be a URL") }, isObject);

const keySetSchema = z.object(
  {
    keys: z
      .array(z.looseObject({ kty: z.string(isText) }, isObject), "must be a list")
      .min(1, "must have at least one key")
      // Everyone could sign with it.
      .refine((keys) => !keys.some((key) => "d" in key), "must have no private key"),
  },
  isObject,
);

function discoveryUrl({ authority, tenantId, version }: TenantIssuer): URL {
  const folder = version === "2.0" ? `${tenantId}/v2.0` : tenantId;
  return new URL(`${authority}/${folder}/.well-known/openid-configuration`);
}

function isIssuerOf({ tenantId, version }: TenantIssuer, issuer: string): boolean {
  const url = URL.parse(issuer);
  const isSecure = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  return isSecure && versionOf(issuer, tenantId) === version;
}

function parse<Value>(schema: z.ZodType<Value>, document: unknown, name: string): Value {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  const path = fault?.path.join(".") ?? "";
  throw new Error(`the ${name} cannot be used: ${path === "" ? "it" : `its ${path}`} ${fault?.message}`);
}
