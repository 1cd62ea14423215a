import * as z from "zod";
import { changeOrigins, type ChangeOrigin } from "./change-origin.ts";
import { installSummaryPatchSchema, type InstallSummaryPatchSchema } from "./install-summary-schema.ts";
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
export const installSummaryChangeSchema: z.ZodObject<InstallSummaryChangeShape> = z.object({
  appId: z.guid(),
  version: z.int().min(1),
  changedAt: z.string(),
  actor: z.string(),
  origin: z.enum(changeOrigins),
  requestId: z.string(),
  before: installSummaryPatchSchema,
  after: installSummaryPatchSchema,
});

/** The members of a change, each with its schema. */
export type InstallSummaryChangeShape = {
  appId: z.ZodGUID;
  version: z.ZodInt;
  changedAt: z.ZodString;
  actor: z.ZodString;
  origin: z.ZodEnum<{ [Origin in ChangeOrigin]: Origin }>;
  requestId: z.ZodString;
  before: InstallSummaryPatchSchema;
  after: InstallSummaryPatchSchema;
};
