import { randomRequestId } from "./random-request-id.ts";

/**
 * A random `client-request-id` for a change: a GUID of version 8, whose bits are its maker's own. Gateways and servers make ids
 * of other versions, so that the log tells which changes arrived under the id that their client gave them.
 * Source: RFC 9562 §5.8.
 */
export function randomChangeId(): string {
  return randomRequestId().replace(/^(.{14})./, "$18");
}

/** Whether an id was made by `randomChangeId`. */
export function isChangeId(id: string): boolean {
  return /^[\da-f-]{14}8[\da-f-]{21}$/.test(id);
}
