import * as z from "zod";
import * as mini from "zod/mini";
import { counterMaximum, counterNames } from "./counters.ts";
import type { InstallSummary, InstallSummaryPatch, TaggedSummary } from "./install-summary.ts";

// The schemas are zod's, with all of its methods. What stands inside them is zod/mini's, which brings along only what
// is used: with zod's own `z.string()` come all the formats that a text can have, a tenth of the package. And it is made
// in a fraction of the time: with zod's own parts the import takes a third longer.

const counterSchema = mini.int().check(mini.minimum(0), mini.maximum(counterMaximum));

const properties = {
  id: mini.guid(),
  installedDeviceCount: counterSchema,
  failedDeviceCount: counterSchema,
  notApplicableDeviceCount: counterSchema,
  notInstalledDeviceCount: counterSchema,
  pendingInstallDeviceCount: counterSchema,
  installedUserCount: counterSchema,
  failedUserCount: counterSchema,
  notApplicableUserCount: counterSchema,
  notInstalledUserCount: counterSchema,
  pendingInstallUserCount: counterSchema,
};

/**
 * An install summary as a server answers it: all ten counters, none guessed. Other members, such as control
 * information, are dropped.
 */
export const installSummarySchema: z.ZodType<InstallSummary, InstallSummary> = z.object(properties);

/** An install summary inside a `value`. */
export interface WrappedInstallSummary {
  readonly value: InstallSummary;
}

/** The other shape in which the documentation of Microsoft Graph shows the answer to a GET: the entity in a `value`. */
export const wrappedInstallSummarySchema: z.ZodType<WrappedInstallSummary, WrappedInstallSummary> = z.object({
  value: installSummarySchema,
});

/** A summary inside another answer. */
export const taggedSummarySchema: z.ZodType<TaggedSummary> = z.object({
  ...properties,
  "@odata.etag": mini.optional(mini.string()),
});

/**
 * A patch without control information: some of the ten counters and nothing else. For forms and for other
 * schemas; a body from the wire is read by `parsePatch`, whose errors are Graph's.
 */
export const installSummaryPatchSchema: z.ZodType<InstallSummaryPatch, InstallSummaryPatch> = z.strictObject(
  Object.fromEntries(counterNames.map((name) => [name, mini.optional(counterSchema)])),
);
