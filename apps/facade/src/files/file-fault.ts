import { fileErrorText, UserError } from "@install-summary/command-line/errors";
import { graphError } from "@install-summary/core";
import { faultEnd } from "./fault-end.ts";
import { describeOwner } from "./owner.ts";
import { OpenElsewhere, sqliteCode, sqliteCodes, SuspectedDamage } from "./sqlite-codes.ts";

/** How a fault is told: as the end of a sentence that names the file, and to callers of the service. */
interface FaultTexts {
  readonly start: string;
  readonly service: string;
  /** Seconds after which a caller may try again. */
  readonly retryAfter: number;
}

const full: FaultTexts = {
  start: "cannot be written: the disk is full",
  service: "The store's disk is full.",
  retryAfter: 30,
};
const failed = "The store could not be read or written. Read again before you repeat a change.";
const damaged = "The store is damaged and must be restored from a backup.";
/** While another process reads the file, which tells whether it is so. */
const suspected = {
  service: "The store looks damaged and is being checked. Please retry again later.",
  retryAfter: 5,
};

const openElsewhere =
  "is locked by another program, or is open in one that knows it by another name, as after it was moved while it was served. " +
  "Stop that program first";

const byCode: ReadonlyMap<number | undefined, FaultTexts> = new Map([
  [
    sqliteCodes.busy,
    {
      start: "is locked by another program",
      service: "The store is busy. Please retry again later.",
      retryAfter: 1,
    },
  ],
  [
    sqliteCodes.readOnly,
    {
      start: "or its folder cannot be written",
      service: "The store cannot be written.",
      retryAfter: 30,
    },
  ],
  [
    sqliteCodes.io,
    { start: "cannot be read or written: the disk reports an error", service: failed, retryAfter: 5 },
  ],
  [sqliteCodes.protocol, { start: "cannot be locked: its disk fails", service: failed, retryAfter: 5 }],
  [sqliteCodes.cannotOpen, { start: "cannot be opened", service: failed, retryAfter: 5 }],
  [sqliteCodes.full, full],
  [
    sqliteCodes.corrupt,
    {
      start: "is damaged; it was left as it is, restore it from a backup",
      service: damaged,
      retryAfter: 300,
    },
  ],
  [
    sqliteCodes.notADatabase,
    {
      start: "is not a SQLite file, or is damaged; it was left as it is",
      service: damaged,
      retryAfter: 300,
    },
  ],
]);

/**
 * A fault of a file or folder, found by SQLite or by the system, as the end of a sentence that names the file: `is locked
 * by another program`. Undefined for other errors.
 */
export function describeFault(error: unknown): string | undefined {
  if (error instanceof OpenElsewhere) return openElsewhere;
  const told = byCode.get(sqliteCode(error));
  if (told !== undefined) return told.start;
  return isSystemFault(error) ? `cannot be used: ${fileErrorText(error)}` : undefined;
}

/**
 * The `UserError` for such a fault at a start, which ends as `faultEnd` says; other errors stay as they are. `name` begins its
 * sentence. Of a file that is given it is told whose it is, where that may be the fault.
 */
export function startFault(name: string, error: unknown, file?: string): unknown {
  const fault = describeFault(error);
  if (fault === undefined) return error;
  const owned = file !== undefined && mayBeDenied(error) ? describeOwner(file) : undefined;
  const message = `${name} ${fault}.${owned === undefined ? "" : ` ${owned}`}`;
  return new UserError(message, { ...faultEnd(error), cause: error });
}

/** SQLite does not tell why a file cannot be opened or written. */
function mayBeDenied(error: unknown): boolean {
  const code = sqliteCode(error);
  if (code !== undefined) return code === sqliteCodes.cannotOpen || code === sqliteCodes.readOnly;
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}

/** The 503 for such a fault in service, which `outcome` ends where it is known; other errors stay as they are. */
export function serviceFault(error: unknown, outcome = ""): unknown {
  const told =
    error instanceof SuspectedDamage ? suspected : (byCode.get(sqliteCode(error)) ?? bySystem(error));
  if (told === undefined) return error;
  const { service, retryAfter } = told;
  return graphError("ServiceUnavailable", service + outcome, { retryAfter, cause: error });
}

function bySystem(error: unknown): Pick<FaultTexts, "service" | "retryAfter"> | undefined {
  // What opens a file throws a `UserError` where the file is gone or unusable.
  if (!(error instanceof UserError || isSystemFault(error))) return undefined;
  return isFullDisk(error) ? full : { service: failed, retryAfter: 5 };
}

/** Whether the system has no room for what was to be written. */
export function isFullDisk(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

/** True for what Node's file functions throw. */
function isSystemFault(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}
