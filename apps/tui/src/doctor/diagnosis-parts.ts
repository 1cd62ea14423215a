import type { CommandFailure } from "@install-summary/command-line/errors";
import type { Connection } from "../server/connection.ts";

/** What the checks are made with. */
export interface DiagnosisParts {
  readonly baseUrl: string;
  /** Signs in. Throws `UserError` where nothing gives a token. */
  readonly open: () => Connection;
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Says what an error of a request means. */
  readonly describe: (error: unknown) => CommandFailure;
}
