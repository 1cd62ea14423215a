import type { ExitCode } from "@install-summary/command-line/errors";

/** What one check found. */
export interface Finding {
  /** What was checked, in a word. */
  readonly check:
    | "address"
    | "connection"
    | "certificate"
    | "clock"
    | "token"
    | "scopes"
    | "access"
    | "facade";
  readonly result: "ok" | "warning" | "failed" | "skipped";
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
  /** How a command ends that fails so. */
  readonly exit?: ExitCode;
}
