import { parseBearer } from "../../graph/access/bearer.ts";
import { permissions, type Authenticate, type Caller } from "../../graph/access/caller.ts";
import { invalidToken, type TokenIssuer } from "../../graph/access/unauthorized.ts";

/** The tenant that a memory service has. */
export const memoryTenantId = "00000000-0000-4000-8000-000000000001";

/** The tokens that a memory service accepts. */
export interface MemoryTokens {
  /** The bearer token that may read and write. Left out, every token may. */
  readonly token?: string | undefined;
  /** A bearer token that may only read: its PATCH is 403. */
  readonly readerToken?: string | undefined;
}

/** The name under which the service's own callers change summaries. */
export const memoryActor = "memory";

const source: TokenIssuer = { signIn: undefined };
const caller: Omit<Caller, "permissions"> = { tenantId: memoryTenantId, actor: memoryActor, kind: "user" };
const writer: Caller = { ...caller, permissions: permissions.write };
const reader: Caller = { ...caller, permissions: ["DeviceManagementApps.Read.All"] };

/** Makes the check of such tokens, which are compared and not verified. */
export function createMemoryAuthenticate({ token, readerToken }: MemoryTokens): Authenticate {
  return (authorization) => {
    const given = parseBearer(authorization, source);
    if (given === readerToken) return reader;
    if (token === undefined || given === token) return writer;
    throw invalidToken(source, "expired", "The memory service accepts another token only.");
  };
}
