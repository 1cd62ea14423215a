import * as z from "zod";
import { isGuid } from "./audiences.ts";

/** The headers may be as large. With the names of 200 groups, which is the most that Entra lists, a token has 15 kB. */
const maxCharacters = 16 * 1024;
const form = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

const headerSchema = z.object({
  alg: z.literal("RS256"),
  typ: z.stringFormat("a type of JWT", /^(?:JWT|at\+jwt)$/i).optional(),
  kid: z.unknown().optional(),
  // Both change what is signed or what must be understood, and neither is needed.
  b64: z.literal(true).optional(),
  crit: z.undefined().optional(),
});

const time = z.number().max(1e11);
const text = z.string();

const claimsSchema = z.object({
  exp: time,
  nbf: time.optional(),
  iat: time.optional(),
  // Checked one by one, with messages of their own.
  aud: z.unknown().optional(),
  iss: z.unknown().optional(),
  tid: z.unknown().optional(),
  ver: text.optional(),
  idtyp: text.optional(),
  scp: text.optional(),
  roles: z.array(text).optional(),
  oid: text.optional(),
  sub: text.optional(),
  azp: text.optional(),
  appid: text.optional(),
  preferred_username: text.optional(),
  upn: text.optional(),
  unique_name: text.optional(),
  // A token that is bound to a key is not a bearer token.
  cnf: z.undefined().optional(),
});

/** The claims of a token that anything here depends on. Times are in seconds. */
export type TokenClaims = Readonly<z.infer<typeof claimsSchema>>;

/** A token that has the right form; nothing in it is verified yet. */
export interface UnverifiedToken {
  readonly keyId: unknown;
  readonly claims: TokenClaims;
}

/** Parses a JWT signed with RS256, and checks the types of its claims; undefined for anything else. */
export function parseJwt(token: string): UnverifiedToken | undefined {
  const [header = "", payload = ""] =
    token.length > maxCharacters || !form.test(token) ? [] : token.split(".");
  const head = headerSchema.safeParse(decodePart(header));
  const body = claimsSchema.safeParse(decodePart(payload));
  return head.success && body.success ? { keyId: head.data.kid, claims: body.data } : undefined;
}

/** The tenant's id in a `tid` claim, in lower case; undefined for anything but a GUID. */
export function parseTenantId(tid: unknown): string | undefined {
  return typeof tid === "string" && isGuid(tid) ? tid.toLowerCase() : undefined;
}

/** The lifetime of a token that is issued here, in seconds. Throws `TypeError` for anything but a number. */
export function lifetimeOf(expiresIn: unknown = 3600): number {
  if (typeof expiresIn === "number" && Number.isFinite(expiresIn)) return expiresIn;
  throw new TypeError(`expiresIn must be a number of seconds, not '${String(expiresIn)}'.`);
}

function decodePart(part: string): unknown {
  try {
    const bytes = Buffer.from(part, "base64url");
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
