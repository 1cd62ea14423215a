import * as z from "zod";
import { counterMaximum, type CounterName } from "./counters.ts";

// Wholly zod, never zod/mini inside: forms, OpenAPI and Standard JSON Schema ask every part for zod's methods.

const counterSchema = z
  .int()
  .min(0)
  .max(counterMaximum)
  // Zero is added so that -0 becomes 0.
  .overwrite((count) => count + 0);

const counterShape: { [Name in CounterName]: z.ZodInt } = {
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

/** zod's object for a summary: a GUID and ten counters. */
export type InstallSummarySchema = z.ZodObject<{
  [Name in CounterName | "id"]: Name extends "id" ? z.ZodGUID : z.ZodInt;
}>;

/** zod's object for a patch: ten counters, each of which may be absent. */
export type InstallSummaryPatchSchema = z.ZodObject<
  { [Name in CounterName]: z.ZodOptional<z.ZodInt> },
  z.core.$strict
>;

/**
 * An install summary in a response. All ten counters are required, because a missing number is never 0. Other members,
 * such as control information, are dropped.
 */
export const installSummarySchema: InstallSummarySchema = z.object({ id: z.guid(), ...counterShape });

/** The other form of the response to a GET in the documentation of Microsoft Graph: the entity inside a `value`. */
export const wrappedInstallSummarySchema: z.ZodObject<{ value: InstallSummarySchema }> = z.object({
  value: installSummarySchema,
});

/**
 * A patch without control information: some of the ten counters and nothing else. It is for forms and other schemas; for
 * the body of a request use `parsePatchText`, whose errors are Graph's.
 */
export const installSummaryPatchSchema: InstallSummaryPatchSchema = z.strictObject(counterShape).partial();
