import * as z from "zod";
import { installSummarySchema, type InstallSummarySchema } from "./install-summary-schema.ts";

/** A text that a server may leave out or send as null: it is null then. */
type TextSchema = z.ZodDefault<z.ZodNullable<z.ZodString>>;

/** A value that a server may leave out or send as null: it has a fixed value then. */
type RequiredSchema<Schema extends z.ZodType> = z.ZodPipe<z.ZodOptional<z.ZodNullable<Schema>>, Schema>;

/** The properties that every type of Intune app has, each with its schema. */
export type MobileAppShape = {
  "@odata.type": z.ZodDefault<z.ZodString>;
  id: z.ZodGUID;
  displayName: TextSchema;
  description: TextSchema;
  publisher: TextSchema;
  createdDateTime: TextSchema;
  lastModifiedDateTime: TextSchema;
  isFeatured: RequiredSchema<z.ZodBoolean>;
  privacyInformationUrl: TextSchema;
  informationUrl: TextSchema;
  owner: TextSchema;
  developer: TextSchema;
  notes: TextSchema;
  publishingState: RequiredSchema<z.ZodString>;
  isAssigned: RequiredSchema<z.ZodBoolean>;
};

/** The members of a page, each with its schema. */
export type MobileAppPageShape = {
  value: z.ZodArray<z.ZodObject<MobileAppListItemShape>>;
  "@odata.nextLink": z.ZodOptional<z.ZodURL>;
  "@odata.count": z.ZodOptional<z.ZodInt>;
};

type MobileAppListItemShape = MobileAppShape & { installSummary: z.ZodOptional<TaggedSummarySchema> };

type TaggedSummarySchema = z.ZodObject<
  InstallSummarySchema["shape"] & { "@odata.etag": z.ZodOptional<z.ZodString> }
>;

const text: TextSchema = z.string().nullable().default(null);
// A transform would have no JSON Schema. A second schema behind an overwrite has one, for input and for output.
const flag: RequiredSchema<z.ZodBoolean> = z
  .boolean()
  .nullish()
  .overwrite((value) => value ?? false)
  .pipe(z.boolean());

const shape: MobileAppShape = {
  "@odata.type": z.string().default("#microsoft.graph.mobileApp"),
  id: z.guid(),
  displayName: text,
  description: text,
  publisher: text,
  createdDateTime: text,
  lastModifiedDateTime: text,
  isFeatured: flag,
  privacyInformationUrl: text,
  informationUrl: text,
  owner: text,
  developer: text,
  notes: text,
  publishingState: z
    .string()
    .nullish()
    .overwrite((state) => state ?? "unknownFutureValue")
    .pipe(z.string()),
  isAssigned: flag,
};

const taggedSummarySchema: TaggedSummarySchema = installSummarySchema.extend({
  "@odata.etag": z.string().optional(),
});

/** One app in a response. A server may leave out every property but the id; unknown members are dropped. */
export const mobileAppSchema: z.ZodObject<MobileAppShape> = z.object(shape);

/** One page of apps in a response; an expanded summary must have all ten counters. */
export const mobileAppPageSchema: z.ZodObject<MobileAppPageShape> = z.object({
  value: z.array(mobileAppSchema.extend({ installSummary: taggedSummarySchema.optional() })),
  "@odata.nextLink": z.url().optional(),
  "@odata.count": z
    .int()
    .min(0)
    // Zero is added so that -0 becomes 0.
    .overwrite((count) => count + 0)
    .optional(),
});
