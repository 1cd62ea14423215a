import * as z from "zod";
import * as mini from "zod/mini";
import { changeOrigins, type ChangeOrigin } from "./change-origin.ts";
import { installSummaryPatchSchema } from "./install-summary-schema.ts";
import type { InstallSummaryPatch } from "./install-summary.ts";

/** One committed patch or import row, as the change log holds it. */
export interface InstallSummaryChange {
  /** The id of the mobile app whose summary has changed. */
  readonly appId: string;
  /** The version after the change: each change of the app's summary adds 1. */
  readonly version: number;
  /** When it was committed: RFC 3339, UTC. */
  readonly changedAt: string;
  /** Who made it. */
  readonly actor: string;
  readonly origin: ChangeOrigin;
  /** The server's id of the request that made it. */
  readonly requestId: string;
  /** The counters that changed, with their values before; empty if the change created the app. */
  readonly before: InstallSummaryPatch;
  /** The counters that changed, with their values after. */
  readonly after: InstallSummaryPatch;
}

/** One change in a response; unknown members are dropped. */
export const installSummaryChangeSchema: z.ZodType<InstallSummaryChange, InstallSummaryChange> = z.object({
  appId: mini.guid(),
  version: mini.int().check(mini.minimum(1)),
  changedAt: mini.string(),
  actor: mini.string(),
  origin: mini.enum(changeOrigins),
  requestId: mini.string(),
  before: installSummaryPatchSchema,
  after: installSummaryPatchSchema,
});
