import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createGzip } from "node:zlib";
import { pino, type Logger } from "pino";
import { onTestFinished } from "vitest";
import { createAuthenticate } from "../src/identity/authenticate.ts";
import { audiencesOf } from "../src/identity/audiences.ts";
import { createEntraIssuer, type EntraIssuer } from "../src/identity/entra/entra-issuer.ts";
import type { FetchOptions } from "../src/identity/entra/issuer-keys.ts";
import {
  createAuthority,
  createKey,
  testTenantId,
  type Authority,
  type SigningKey,
} from "../src/test-authority/authority.ts";
import type { TestTokenOptions } from "../src/test-authority/claims.ts";
import { serveOnLoopback, type TestAuthority } from "../src/test-authority/start-test-authority.ts";
import { signToken } from "./tokens.ts";

export const ourTenant: string = testTenantId;
export const secondTenant = "7e57ab1e-0000-4000-8000-000000000002";
export const otherTenant = "7e57ab1e-0000-4000-8000-00000000000f";

/** An authority over HTTP whose every response a test can replace. */
export interface LocalAuthority extends TestAuthority {
  readonly origin: string;
  readonly core: Authority;
  /** The paths that were asked for, oldest first. */
  readonly requests: string[];
  /** Responds in another way to paths that end so, until `mend`. */
  fail(ending: string, listener: RequestListener): void;
  /** Replaces the keys of both versions by others. */
  publish(keys: readonly object[]): void;
  mend(): void;
  /** A signed token whose header, claims and key differ from a good one's; an undefined claim is left out. */
  sign(changes?: SignedChanges): string;
}

export interface SignedChanges {
  readonly header?: object;
  readonly claims?: object;
  readonly key?: SigningKey["privateKey"];
  readonly version?: "1.0" | "2.0";
}

export type { TestTokenOptions };

/** Keys take time to make, so the authorities of a file share three. Each that is asked for is another than the last. */
const pool: Promise<SigningKey>[] = [];
let asked = 0;

function makeKey(): Promise<SigningKey> {
  const place = asked++ % 3;
  pool[place] ??= createKey();
  return pool[place];
}

/** Starts an authority of two tenants. Its clock is the test's. */
export async function startAuthority(now: () => number = Date.now): Promise<LocalAuthority> {
  const core = await createAuthority({ tenants: [ourTenant, secondTenant], now, makeKey });
  const requests: string[] = [];
  const failures = new Map<string, RequestListener>();
  const { origin, close } = await serveOnLoopback(0, (request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const [, failure] = [...failures].find(([ending]) => path.endsWith(ending)) ?? [];
    if (failure !== undefined) return failure(request, response);
    const document = core.documentAt(path, origin);
    sendJson(document ?? { error: "invalid_tenant" }, document === undefined ? 400 : 200)(request, response);
  });
  return {
    origin,
    core,
    requests,
    settings: { tenants: core.tenants, audience: [core.clientId], authority: origin },
    issueToken: (options) => core.issueToken(options, origin),
    rotateKeys: () => core.rotateKeys(),
    fail: (ending, listener) => void failures.set(ending, listener),
    publish(keys) {
      failures.set("keys", sendJson({ keys }));
    },
    mend: () => failures.clear(),
    sign({ header, claims, key, version = "2.0" } = {}) {
      const seconds = Math.floor(now() / 1000);
      const { keyId, privateKey } = core.signingKey();
      const isNew = version === "2.0";
      return signToken({
        header: { typ: "JWT", alg: "RS256", kid: keyId, ...header },
        claims: {
          aud: isNew ? core.clientId : `api://${core.clientId}`,
          iss: isNew ? `${origin}/${ourTenant}/v2.0` : `https://sts.windows.net/${ourTenant}/`,
          tid: ourTenant,
          ver: version,
          iat: seconds,
          nbf: seconds,
          exp: seconds + 3600,
          scp: "DeviceManagementApps.ReadWrite.All",
          oid: "0d000000-0000-4000-8000-000000000001",
          sub: "pairwise",
          preferred_username: "ada@contoso.example",
          ...claims,
        },
        key: key ?? privateKey,
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The same for one test. */
export async function useAuthority(now?: () => number): Promise<LocalAuthority> {
  const authority = await startAuthority(now);
  onTestFinished(() => authority.close());
  return authority;
}

/** What checks the tokens of an authority, with the test's clock and little patience. */
export function entraOf(
  authority: LocalAuthority,
  options: Partial<FetchOptions> = {},
): EntraIssuer & { readonly authenticate: ReturnType<typeof createAuthenticate>; readonly log: string[] } {
  const log: string[] = [];
  const issuer = createEntraIssuer(
    { tenants: [ourTenant], audiences: audiencesOf(authority.core.clientId), authority: authority.origin },
    { log: logInto(log), ...options },
  );
  return { ...issuer, authenticate: createAuthenticate(issuer, { now: options.now ?? Date.now }), log };
}

/** A logger whose lines a test can read. */
export function logInto(lines: string[]): Logger {
  return pino({ level: "debug" }, { write: (line) => void lines.push(line) });
}

/** The ways in which an authority fails. */
export const failures: Readonly<Record<string, RequestListener>> = {
  "a 500": status(500),
  "HTML in place of JSON": (_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Sign in</title>");
  },
  "an empty object": sendJson({}),
  "a null entry": sendJson({ keys: [null] }),
  "a list": sendJson([]),
  "no key": sendJson({ keys: [] }),
  "a redirect": (request, response) => {
    response.writeHead(302, { Location: `http://${request.headers.host}/elsewhere${request.url}` }).end();
  },
  "a body that is cut": (_, response) => {
    response.writeHead(200, { "Content-Length": "1000" });
    response.write('{"keys":[', () => response.destroy());
  },
  "a connection that is cut": (request) => request.socket.destroy(),
  "8 MB": sendJson({ keys: [], padding: "x".repeat(8 * 1024 * 1024) }),
  "gzip of 300 MB": sendBomb,
};

/** Failures that end only because the facade stops waiting. */
export const slowFailures: Readonly<Record<string, RequestListener>> = {
  "no response": () => undefined,
  "a body that drips": (_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(timer));
  },
};

export function status(code: number): RequestListener {
  return (_, response) => void response.writeHead(code).end("{}");
}

export function sendJson(document: unknown, code = 200): RequestListener {
  return (_, response) => {
    response.writeHead(code, { "Content-Type": "application/json" }).end(JSON.stringify(document));
  };
}

/** How many MB of the last bomb were sent. */
export const bomb = { megabytes: 0 };

function sendBomb(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Encoding": "gzip" });
  const gzip = createGzip();
  gzip.pipe(response);
  const block = Buffer.alloc(1024 * 1024, " ");
  bomb.megabytes = 0;
  const more = (): void => {
    if (response.destroyed) gzip.destroy();
    else if (bomb.megabytes === 300) gzip.end();
    else {
      bomb.megabytes += 1;
      gzip.write(block, more);
    }
  };
  more();
}
