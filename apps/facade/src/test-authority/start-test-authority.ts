import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createAuthority, type TestAuthorityOptions } from "./authority.ts";
import type { TestTokenOptions } from "./claims.ts";
import { readAuthorityOptions, readTestTokenOptions } from "./read-authority-options.ts";
import { readGiven } from "../settings/given.ts";

/** An authority on this machine that does what a facade needs of Entra ID, with keys and tenants of its own. */
export interface TestAuthority extends AsyncDisposable {
  /** The settings of a facade that accepts its tokens, and no others. */
  readonly settings: {
    readonly tenants: readonly [string, ...string[]];
    readonly audience: readonly [string, ...string[]];
    readonly authority: string;
  };
  /** Issues an access token: by default one of version 2.0, of a user who may read and write. */
  issueToken(options?: TestTokenOptions): Promise<string>;
  /** Publishes a new key, signs with it from now on, and removes the one before from the published set. */
  rotateKeys(): Promise<void>;
  /** Stops the server. */
  close(): Promise<void>;
}

/** Starts an authority for tests on loopback, over HTTP. Throws `TypeError` for what it does not take. */
export async function startTestAuthority(given: TestAuthorityOptions = {}): Promise<TestAuthority> {
  const { port = 0, ...options } = readGiven({ owner: "startTestAuthority", given }, readAuthorityOptions);
  const authority = await createAuthority(options);
  const { origin, close } = await serveOnLoopback(port, (request, response) => {
    const document = authority.documentAt(request.url ?? "", origin);
    response.writeHead(document === undefined ? 404 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(document ?? { error: "invalid_tenant" }));
  });
  const { tenants, clientId } = authority;
  return {
    settings: { tenants, audience: [clientId], authority: origin },
    issueToken: async (token) => authority.issueToken(readTestTokenOptions(token), origin),
    rotateKeys: () => authority.rotateKeys(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Serves on a port of 127.0.0.1; 0 picks a free one. */
export async function serveOnLoopback(
  port: number,
  listener: RequestListener,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const server = createServer(listener);
  server.listen({ host: "127.0.0.1", port });
  await once(server, "listening");
  const address = server.address();
  const bound = typeof address === "object" ? address?.port : undefined;
  return {
    origin: `http://127.0.0.1:${bound}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
