import { sign, type KeyObject } from "node:crypto";

/** The parts of a token, each of which a test may replace. */
export interface TokenParts {
  readonly header: unknown;
  readonly claims: unknown;
  readonly key: KeyObject;
}

/** Signs a token part by part, so that it can be one that no library makes. */
export function signToken({ header, claims, key }: TokenParts): string {
  const head = `${encode(header)}.${encode(claims)}`;
  return `${head}.${sign("sha256", Buffer.from(head), key).toString("base64url")}`;
}

/** A text stands as it is; anything else becomes JSON. */
export function encode(part: unknown): string {
  return Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url");
}
