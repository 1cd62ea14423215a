import type { GraphError } from "@install-summary/core";
import { AccessError, LimitError } from "@install-summary/core/service";

type RefusalLog = Readonly<Record<"info" | "warn" | "error", (fields: object, message: string) => void>>;

/**
 * Logs a request that got an error: what was refused, what could not be served and why, or a bug with its stack. The
 * message of a refusal quotes what was sent, so only its code is logged, and why a token is refused.
 */
export function logRefusal(
  log: RefusalLog,
  fields: { readonly status: number; readonly [name: string]: unknown },
  error: Pick<GraphError, "code" | "cause">,
): void {
  const { code, cause } = error;
  const refusal = { ...fields, code, reason: fields["reason"] ?? reasonOf(error) };
  if (fields.status < 500) log.info(refusal, "refused");
  // A database that cannot be reached is no bug of this program, and the stack would not help.
  else if (fields.status !== 500) log.warn({ ...refusal, cause: causesOf(cause) }, "not served");
  else log.error({ ...refusal, err: cause }, "failed");
}

/** Why a token is refused, or which limit a request is above. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof AccessError) return error.fault;
  return error instanceof LimitError ? error.limit : undefined;
}

const maxCauses = 5;

/** What an error and its causes say. They may name each other in a circle. */
function causesOf(error: unknown): string | undefined {
  const messages = new Set<string>();
  let each = error;
  for (let step = 0; each instanceof Error && step < maxCauses; step += 1) {
    messages.add(each.message);
    each = each.cause ?? (each instanceof AggregateError ? each.errors[0] : undefined);
  }
  messages.delete("");
  return messages.size === 0 ? undefined : [...messages].join(" ");
}
