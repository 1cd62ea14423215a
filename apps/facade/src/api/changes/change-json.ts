import { invalidQueryOption, type Caller, type LoggedChange } from "@install-summary/core/service";
import { visibleText } from "@install-summary/core/text";
import { hash } from "node:crypto";

/** A change as the API responds with it, in JSON. */
export function formatChange(change: LoggedChange, { tenantId, actor }: Caller): string {
  const { sequence, clientRequestId, before, after, ...rest } = change;
  return JSON.stringify({
    cursor: formatChangeCursor(sequence, tenantId),
    ...rest,
    ...(clientRequestId !== undefined && { clientRequestId }),
    ...(change.actor === actor && { mine: true }),
    before,
    after,
  });
}

/** The opaque text that names a position in a tenant's change log. */
export function formatChangeCursor(sequence: number, tenantId: string): string {
  return `${sequence.toString(36)}.${digest(sequence, tenantId)}`;
}

/** Parses a cursor of the same tenant. Throws `GraphError` 400 for any other text. */
export function parseChangeCursor(text: string, tenantId: string): number {
  const [, digits = ""] = /^([0-9a-z]{1,10})\.[\w-]+$/.exec(text) ?? [];
  const sequence = Number.parseInt(digits, 36);
  if (formatChangeCursor(sequence, tenantId) === text) return sequence;
  throw invalidQueryOption(
    `'${visibleText(text, 64)}' is not a cursor of this change log. Use one that a response has.`,
  );
}

/** Finds what was damaged or mixed up. Forging gains nothing: a session reads only its own tenant's log. */
function digest(sequence: number, tenantId: string): string {
  return hash("sha256", `${tenantId} ${sequence}`, "base64url").slice(0, 12);
}
