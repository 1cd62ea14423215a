import * as z from "zod/mini";
import { changeOrigins } from "../resource/change-origin.ts";
import { counterMaximum, counterNames, type CounterName } from "../resource/counters.ts";
import type { TaggedSummary } from "../resource/install-summary.ts";
import type { MobileAppListItem, MobileAppPage } from "../resource/mobile-app.ts";
import type { DryRunWarning, ListedChange } from "./types.ts";

// What the client reads, wholly zod/mini: the schemas that are exported would make its bundle twice as large. Tests hold
// both to the same values.

// Zero is added so that -0 becomes 0.
const plainZero = z.overwrite<number>((count) => count + 0);
const counter = z.int().check(z.minimum(0), z.maximum(counterMaximum), plainZero);
const text = z.prefault(z.nullable(z.string()), null);
const flag = orElse(z.boolean(), false);

/** A summary inside another response, with its ETag; other members are dropped. */
export const summaryResponseSchema: z.ZodMiniType<TaggedSummary> = z.object({
  "@odata.etag": z.optional(z.string()),
  id: z.guid(),
  ...each(counter),
});

/** One app of a page; an expanded summary must have all ten counters. */
export const appResponseSchema: z.ZodMiniType<MobileAppListItem> = z.object({
  "@odata.type": z.prefault(z.string(), "#microsoft.graph.mobileApp"),
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
  publishingState: orElse(z.string(), "unknownFutureValue"),
  isAssigned: flag,
  installSummary: z.optional(summaryResponseSchema),
});

/** One page of apps. */
export const pageResponseSchema: z.ZodMiniType<MobileAppPage> = z.object({
  value: z.array(appResponseSchema),
  "@odata.nextLink": z.optional(z.url()),
  "@odata.count": z.optional(z.int().check(z.minimum(0), plainZero)),
});

const changed = z.object(each(z.exactOptional(counter)));

/** One page of a change log. */
export const changesResponseSchema: z.ZodMiniType<{
  readonly value: readonly ListedChange[];
  readonly next?: string;
  readonly olderRemoved?: boolean;
}> = z.object({
  value: z.array(
    z.object({
      cursor: z.string(),
      appId: z.guid(),
      displayName: text,
      version: z.int().check(z.minimum(1)),
      changedAt: z.string(),
      actor: z.string(),
      origin: z.enum(changeOrigins),
      requestId: z.string(),
      clientRequestId: z.exactOptional(z.string()),
      mine: z.exactOptional(z.literal(true)),
      before: changed,
      after: changed,
    }),
  ),
  next: z.exactOptional(z.string()),
  olderRemoved: z.exactOptional(z.boolean()),
});

/** The member of a dry run's response that lists its warnings. */
export const warningsName = "@installSummary.warnings";

/** The warnings of a dry run. */
export const dryRunResponseSchema: z.ZodMiniType<{ readonly [warningsName]: readonly DryRunWarning[] }> =
  z.object({
    [warningsName]: z.array(
      z.object({ code: z.string(), message: z.string(), counters: z.array(z.enum(counterNames)) }),
    ),
  });

/** A schema with a value for what a server leaves out or sends as null. */
function orElse<Value>(schema: z.ZodMiniType<Value>, otherwise: Value): z.ZodMiniType<Value> {
  return z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? otherwise),
  );
}

/** The ten counters, each with this schema. */
function each<Schema>(schema: Schema): Readonly<Record<CounterName, Schema>> {
  return {
    installedDeviceCount: schema,
    failedDeviceCount: schema,
    notApplicableDeviceCount: schema,
    notInstalledDeviceCount: schema,
    pendingInstallDeviceCount: schema,
    installedUserCount: schema,
    failedUserCount: schema,
    notApplicableUserCount: schema,
    notInstalledUserCount: schema,
    pendingInstallUserCount: schema,
  };
}
