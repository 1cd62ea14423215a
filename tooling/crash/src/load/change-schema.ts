import { installSummaryChangeSchema } from "@install-summary/core";
import * as z from "zod";

/** A change of the log as `/api/changes` responds with it. */
export const changeSchema = installSummaryChangeSchema.extend({
  cursor: z.string(),
  clientRequestId: z.string().optional(),
});

/** A page of the log in ascending order. */
export const changesPageSchema = z.object({ value: z.array(changeSchema), next: z.string() });

/** The path of the changes after a cursor; of all of them without one. */
export function changesPath(after: string | undefined, top: number): string {
  return `/api/changes?top=${top}${after === undefined ? "" : `&after=${after}`}`;
}
