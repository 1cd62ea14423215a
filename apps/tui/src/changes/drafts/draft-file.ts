import { counterMaximum, counterNames } from "@install-summary/core";
import * as z from "zod/mini";

/** The format that this program writes, and the newest that it reads. */
export const format = 1;

const count = z.int().check(z.minimum(0), z.maximum(counterMaximum));

/** The values of counters. */
export const counters = z.partialRecord(z.enum(counterNames), z.optional(count));
const edits = z.partialRecord(
  z.enum(counterNames),
  z.optional(z.union([count, z.strictObject({ add: z.int() })])),
);
/** An ETag goes into the header of a request. Source: RFC 9110, section 8.8.3. */
const etag = z.nullable(
  z.string().check(z.maxLength(1000), z.regex(/^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/)),
);

const sent = { patch: counters, ifMatch: etag, clientRequestId: z.guid(), at: z.number() };

/** What is in a draft's file. */
export const draftFile = z.object({
  format: z.literal(format),
  url: z.string(),
  tenant: z.string(),
  appId: z.guid(),
  name: z.nullable(z.string()),
  type: z.string(),
  publisher: z.nullable(z.string()),
  base: z.object({ etag, counters, readAt: z.number() }),
  edits,
  contested: counters,
  // Absent in a draft of an earlier version of this program, as is `overtaken`.
  movedFrom: z.optional(z.nullable(z.object({ etag, counters }))),
  leftOut: z.boolean(),
  wasOvertaken: z.boolean(),
  takesBack: z.nullable(z.object({ version: z.nullable(z.int()), patch: counters })),
  pending: z.nullable(z.object(sent)),
  overtaken: z.optional(z.nullable(z.object({ ...sent, base: counters, edits }))),
  savedAt: z.number(),
});
