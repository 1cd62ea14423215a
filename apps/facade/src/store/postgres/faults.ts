import { graphError, isGraphError } from "@install-summary/core";
import { DatabaseError } from "./pg.ts";
import { isDamage } from "../../files/sqlite-codes.ts";
import { notApplied } from "../sql/not-applied.ts";
import { AllInUse, ConnectionLost, NoConnection, sqlState, UnknownOutcome } from "./postgres-errors.ts";

/** How a fault is told to callers of the service. */
interface FaultText {
  readonly message: string;
  /** Seconds after which a caller may try again. */
  readonly retryAfter: number;
}

const unreachable: FaultText = { message: "The store cannot be reached.", retryAfter: 2 };
const busy: FaultText = { message: "The store is busy. Please retry again later.", retryAfter: 1 };
const unconfirmed: FaultText = { message: "The store does not confirm changes.", retryAfter: 2 };
const readOnly: FaultText = { message: "The store takes no changes at the moment.", retryAfter: 2 };
const full: FaultText = { message: "The store's disk is full.", retryAfter: 30 };
const overloaded: FaultText = { message: "The store's server is overloaded.", retryAfter: 5 };
const failed: FaultText = { message: "The store could not be read or written.", retryAfter: 5 };
const changed: FaultText = {
  message: "The store's tables are damaged, or were changed by another program.",
  retryAfter: 300,
};

/** By the code of the server's error, or by its class, which is the first two letters of it. */
const byState: ReadonlyMap<string, FaultText> = new Map([
  ["08", unreachable],
  ["25006", readOnly],
  ["22P02", changed],
  ["23", changed],
  ["23505", busy],
  ["25P03", busy],
  ["28", unreachable],
  ["3D", unreachable],
  ["40", busy],
  ["42", changed],
  ["42501", failed],
  ["53", overloaded],
  ["53100", full],
  ["55P03", busy],
  ["57014", busy],
  ["57P", unreachable],
  ["XX001", changed],
  ["XX002", changed],
]);

/**
 * The 503 for a fault of the database in service, or the 504 for a change or a deletion that it may have committed. Of one
 * that was certainly not applied it says so. Other errors stay as they are.
 */
export function serviceFault(error: unknown, work: "read" | keyof typeof unknownOutcomes): unknown {
  if (isGraphError(error)) return error;
  if (error instanceof UnknownOutcome && work !== "read") {
    return graphError("GatewayTimeout", unknownOutcomes[work], { retryAfter: 2, cause: error });
  }
  const told = textOf(error);
  if (told === undefined) return error;
  const { message, retryAfter } = told;
  const text = work === "read" ? message : message + notApplied;
  return graphError("ServiceUnavailable", text, { retryAfter, cause: error });
}

/** A commit that still is on its way, or a session that is frozen, can apply it later. */
const unknownOutcomes = {
  change:
    "The store did not confirm the change, which may have been applied, or may still be. Read again before you repeat it.",
  deletion: "The store did not confirm the deletion, which may have been made. It can be repeated.",
} as const;

function textOf(error: unknown): FaultText | undefined {
  if (error instanceof AllInUse) return busy;
  // Of the change by which a check tries whether the store can be written: it changes nothing.
  if (error instanceof UnknownOutcome) return unconfirmed;
  if (error instanceof NoConnection || error instanceof ConnectionLost) return unreachable;
  if (isDamage(error)) return changed;
  if (!(error instanceof DatabaseError)) return undefined;
  const state = sqlState(error) ?? "";
  return byState.get(state) ?? byState.get(state.slice(0, 3)) ?? byState.get(state.slice(0, 2)) ?? failed;
}
