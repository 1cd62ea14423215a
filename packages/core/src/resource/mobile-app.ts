import * as z from "zod";
import * as mini from "zod/mini";
import { taggedSummarySchema } from "./install-summary-schema.ts";
import type { TaggedSummary } from "./install-summary.ts";

/**
 * Whether an app can be assigned yet. A server may know further states. Source: Microsoft Graph beta, enum
 * `mobileAppPublishingState`.
 */
export type PublishingState = "notPublished" | "processing" | "published" | (string & {});

/** The properties that every type of Intune app has. Source: Microsoft Graph beta, `mobileApp`. */
export interface MobileApp {
  /** The concrete type, such as `#microsoft.graph.win32LobApp`. */
  readonly "@odata.type": string;
  readonly id: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly publisher: string | null;
  /** RFC 3339, UTC; null if a server leaves it out. */
  readonly createdDateTime: string | null;
  /** RFC 3339, UTC; null if a server leaves it out. */
  readonly lastModifiedDateTime: string | null;
  readonly isFeatured: boolean;
  readonly privacyInformationUrl: string | null;
  readonly informationUrl: string | null;
  readonly owner: string | null;
  readonly developer: string | null;
  readonly notes: string | null;
  readonly publishingState: PublishingState;
  readonly isAssigned: boolean;
}

/** An app of a page, with its summary if the request expanded it. */
export interface MobileAppListItem extends MobileApp {
  readonly installSummary?: TaggedSummary | undefined;
}

/** One page of `GET …/mobileApps`. */
export interface MobileAppPage {
  readonly value: readonly MobileAppListItem[];
  /** The absolute URL of the next page; absent on the last one. */
  readonly "@odata.nextLink"?: string | undefined;
  /** How many apps all pages have, if the request asked for it. */
  readonly "@odata.count"?: number | undefined;
}

// As in the schema of the summary, the parts are zod/mini's.
const text = mini.prefault(mini.nullable(mini.string()), null);
const flag = orElse(mini.boolean(), false);

// A server may leave properties out, but the id is required.
const properties = {
  "@odata.type": mini.prefault(mini.string(), "#microsoft.graph.mobileApp"),
  id: mini.guid(),
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
  publishingState: orElse(mini.string(), "unknownFutureValue"),
  isAssigned: flag,
};

/** One app in a response; unknown members are dropped. */
export const mobileAppSchema: z.ZodType<MobileApp> = z.object(properties);

/** One app of a page; an expanded summary must have all ten counters. */
export const mobileAppListItemSchema: z.ZodType<MobileAppListItem> = z.object({
  ...properties,
  installSummary: mini.optional(taggedSummarySchema),
});

const url = mini.string().check(mini.refine((link) => URL.canParse(link), "Invalid URL"));

/** One page of apps in a response. */
export const mobileAppPageSchema: z.ZodType<MobileAppPage> = z.object({
  value: mini.array(mobileAppListItemSchema),
  "@odata.nextLink": mini.optional(url),
  "@odata.count": mini.optional(mini.int().check(mini.minimum(0))),
});

/** A schema with a value for what a server leaves out or sends as null. */
function orElse<Value>(schema: mini.ZodMiniType<Value>, otherwise: Value): mini.ZodMiniType<Value> {
  return mini.pipe(
    mini.nullish(schema),
    mini.transform((value) => value ?? otherwise),
  );
}
