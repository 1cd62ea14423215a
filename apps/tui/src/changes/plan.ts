import { counterNames, installSummaryPatchSchema, type InstallSummaryPatch } from "@install-summary/core";
import * as z from "zod";
import { parseWrittenETag } from "./written-etag.ts";

/** Changes to several apps as data: what `plan` prints and `apply` sends. */
export interface Plan {
  readonly format: 1;
  /** The base URL of the server that it is for. */
  readonly url: string;
  readonly changes: readonly PlannedChange[];
}

/** What is to become of some counters of an app. */
export interface PlannedChange {
  readonly id: string;
  /** The version that the change was made against; null where none is known. */
  readonly etag: string | null;
  /** The counters that change, with the values that they had in that version. */
  readonly before: InstallSummaryPatch;
  readonly patch: InstallSummaryPatch;
}

const changeSchema = z
  .object({
    id: z.guid(),
    etag: z
      .union([z.string(), z.int()])
      .transform((etag) => parseWrittenETag(String(etag)))
      .pipe(z.string())
      .nullable(),
    before: installSummaryPatchSchema,
    patch: installSummaryPatchSchema,
  })
  .refine(({ before, patch }) => counterNames.every((name) => name in before === name in patch), {
    error: "before and patch must have the same counters",
  });

/** A plan as JSON. */
export const planSchema: z.ZodType<Plan> = z
  .object({ format: z.literal(1), url: z.string(), changes: z.array(changeSchema) })
  .refine(({ changes }) => new Set(changes.map(({ id }) => id.toLowerCase())).size === changes.length, {
    error: "an app may have one change only",
    path: ["changes"],
  });
