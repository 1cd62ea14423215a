import * as z from "zod";
import * as mini from "zod/mini";
import { counterMaximum, counterNames } from "./counters.ts";
import type { InstallSummary, InstallSummaryPatch, TaggedSummary } from "./install-summary.ts";

// The exported schemas are zod's. Their parts are zod/mini's, which bundles only what is used: zod's own `z.string()`
// brings all formats of a text, a tenth of the package, and makes the import a third slower.

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
 * An install summary in a response. All ten counters are required, because a missing number is never 0. Other members,
 * such as control information, are dropped.
 */
export const installSummarySchema: z.ZodType<InstallSummary, InstallSummary> = z.object(properties);

/** An install summary inside a `value`. */
export interface WrappedInstallSummary {
  readonly value: InstallSummary;
}

/** The other form of the response to a GET in the documentation of Microsoft Graph: the entity inside a `value`. */
export const wrappedInstallSummarySchema: z.ZodType<WrappedInstallSummary, WrappedInstallSummary> = z.object({
  value: installSummarySchema,
});

/** A summary inside another response, with its ETag. */
export const taggedSummarySchema: z.ZodType<TaggedSummary> = z.object({
  ...properties,
  "@odata.etag": mini.optional(mini.string()),
});

/**
 * A patch without control information: some of the ten counters and nothing else. It is for forms and other schemas; for
 * the body of a request use `parsePatchText`, whose errors are Graph's.
 */
export const installSummaryPatchSchema: z.ZodType<InstallSummaryPatch, InstallSummaryPatch> = z.strictObject(
  Object.fromEntries(counterNames.map((name) => [name, mini.optional(counterSchema)])),
);
