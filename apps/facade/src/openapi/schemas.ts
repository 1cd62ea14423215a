import {
  changeOrigins,
  counters,
  installSummaryChangeSchema,
  installSummaryPatchSchema,
  installSummarySchema,
} from "@install-summary/core";
import {
  appProperties,
  type EdmProperty,
  exampleApp,
  exampleSummary,
  maxIdLength,
  maxItems,
  publishingStates,
} from "@install-summary/core/service";
import * as z from "zod";
import { maxKeptRows } from "../import/rejected-rows.ts";

// What is on the wire, made of core's schemas and of the table of properties. `meta` gives a schema its name in the document.

const context = z
  .string()
  .meta({ description: "What the body is, as a URL of the model. Absent in `odata.metadata=none`" });
const etag = z.string().meta({ description: "The summary's version, for `If-Match`", examples: ['W/"7"'] });

const described = Object.fromEntries(
  counters.map(({ name, description }) => [name, installSummarySchema.shape[name].meta({ description })]),
);

const exampleResponse = { "@odata.type": "#microsoft.graph.mobileAppInstallSummary", ...exampleSummary };

/** A summary in a response. */
export const summary = installSummarySchema
  .extend(described)
  .partial()
  .extend({
    "@odata.context": context.optional(),
    "@odata.type": z.literal("#microsoft.graph.mobileAppInstallSummary").optional(),
  })
  .meta({
    id: "InstallSummary",
    description: "How many devices and users have an app in each state. `$select` leaves members out.",
    examples: [exampleResponse],
  });

/** The same where the setting `wrapGet` is on. */
export const wrappedSummary = z.object({ value: summary }).meta({ id: "WrappedInstallSummary" });

const { id: _, ...exampleCounters } = exampleSummary;

/** The body of a PATCH. */
export const patch = installSummaryPatchSchema.meta({
  id: "InstallSummaryPatch",
  description:
    "Some of the ten counters, with their new values. A counter that is left out keeps its value, and null is refused. The `id` of the app and `@odata` members may be there, and change nothing.",
  examples: [{ failedDeviceCount: 0 }, exampleCounters],
});

const warning = z.object({ code: z.string(), message: z.string(), counters: z.array(z.string()) });

/** A PATCH with `dryRun=true`, or without. */
export const patched = summary
  .extend({
    "@installSummary.warnings": z
      .array(warning)
      .optional()
      .meta({ description: "What looks implausible; with `dryRun=true` only" }),
  })
  .meta({ id: "PatchedInstallSummary", examples: [exampleResponse] });

const appShape = Object.fromEntries(
  appProperties.map((property) => [property.name, valueOf(property).optional()]),
);

const expanded = summary.extend({ "@odata.etag": etag.optional() }).meta({ id: "ExpandedInstallSummary" });

/** An app in a response. */
export const app = z
  .object({
    "@odata.context": context.optional(),
    "@odata.type": z.string().optional().meta({ description: "The type of app" }),
    ...appShape,
    "installSummary@odata.context": context.optional(),
    installSummary: expanded.optional().meta({ description: "With `$expand=installSummary`" }),
  })
  .meta({
    id: "MobileApp",
    description: "An app of the tenant. `$select` leaves members out.",
    examples: [exampleApp],
  });

/** A page of apps. */
export const apps = z
  .object({
    "@odata.context": context.optional(),
    "@odata.count": z
      .int()
      .optional()
      .meta({ description: "How many apps all pages have; with `$count=true`" }),
    "@odata.nextLink": z.url().optional().meta({ description: "The next page; absent on the last one" }),
    value: z.array(app),
  })
  .meta({ id: "MobileAppPage" });

/** An error of any path. */
export const error = z
  .object({
    error: z.object({
      code: z.string().meta({ description: "Branch on this, never on the message" }),
      message: z.string(),
      target: z.string().optional().meta({ description: "The property at fault" }),
      details: z
        .array(z.object({ code: z.string(), message: z.string(), target: z.string().optional() }))
        .optional()
        .meta({ description: "All faults, where there are two or more" }),
      innerError: z.object({
        code: z.string().optional(),
        message: z.string().optional(),
        date: z.string(),
        "request-id": z.string().meta({ description: "For the log of the service" }),
        "client-request-id": z.string(),
      }),
    }),
  })
  .meta({
    id: "Error",
    description: "An error in Microsoft Graph's form.",
    examples: [
      {
        error: {
          code: "BadRequest",
          message: "The OData-Version '3.0' is not supported. Use 4.0.",
          innerError: {
            date: "2026-11-26T08:00:00",
            "request-id": "5e3f7a52-1d0e-4a7b-9a51-0f6a3f3a6b10",
            "client-request-id": "5e3f7a52-1d0e-4a7b-9a51-0f6a3f3a6b10",
          },
        },
      },
    ],
  });

const headers = z.record(z.string(), z.string());

/** The body of a batch. */
export const batch = z
  .object({
    requests: z
      .array(
        z.object({
          id: z.string().min(1).max(maxIdLength),
          method: z.string(),
          url: z.string().meta({ description: "Relative to `/beta`" }),
          headers: headers.optional(),
          body: z.unknown().optional().meta({ description: "JSON, or a text of base64url" }),
          dependsOn: z.array(z.string()).optional().meta({ description: "Ids of requests before this one" }),
        }),
      )
      .min(1)
      .max(maxItems),
  })
  .meta({ id: "Batch" });

/** The response to a batch. */
export const batchResponses = z
  .object({
    responses: z.array(z.object({ id: z.string(), status: z.int(), headers, body: z.unknown().optional() })),
  })
  .meta({ id: "BatchResponses" });

/** The service document. */
export const serviceDocument = z
  .object({
    "@odata.context": context.optional(),
    value: z.array(z.object({ name: z.string(), kind: z.string(), url: z.string() })),
  })
  .meta({ id: "ServiceDocument" });

const cursor = z.string().meta({ description: "A position in the change log: opaque, for `after`" });

/** A page of the change log. */
export const changes = z
  .object({
    value: z.array(
      installSummaryChangeSchema
        .extend({
          cursor,
          displayName: z.string().nullable(),
          clientRequestId: z
            .string()
            .optional()
            .meta({ description: "The `client-request-id` of its request" }),
          mine: z.literal(true).optional().meta({ description: "Whether the caller made it" }),
          origin: z.enum(changeOrigins).meta({ description: "Through what it was made" }),
        })
        .meta({ id: "Change" }),
    ),
    next: cursor.optional(),
    olderRemoved: z
      .literal(true)
      .optional()
      .meta({ description: "On the page with the oldest change, where changes before it were removed" }),
  })
  .meta({ id: "ChangePage" });

/** What an import did. */
export const importReport = z
  .object({
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    rejected: z.int().meta({ description: `The true number; \`rows\` has at most ${maxKeptRows}` }),
    rows: z.array(z.object({ line: z.int().optional(), column: z.string().optional(), reason: z.string() })),
    kept: z.array(z.string()).meta({
      description:
        "What apps keep because the report lacks it: a sentence for a report without rows, and for known apps for which " +
        "the report lacks the same counters",
    }),
  })
  .meta({ id: "ImportReport" });

/** How a value of a property is written. */
function valueOf({ name, type, nullable }: EdmProperty): z.ZodType {
  const schema = schemaOf(name, type);
  return nullable ? schema.nullable() : schema;
}

function schemaOf(name: string, type: EdmProperty["type"]): z.ZodType {
  switch (type) {
    case "Edm.String":
      return name === "id" ? z.guid() : z.string();
    case "Edm.Boolean":
      return z.boolean();
    case "Edm.Int32":
      return z.int();
    case "Edm.DateTimeOffset":
      return z.iso.datetime();
    case "microsoft.graph.mobileAppPublishingState":
      return z.string().meta({ examples: [...publishingStates] });
  }
}
