import { changeOrigins, clientOrigins } from "@install-summary/core";
import { maxOwnIdLength } from "@install-summary/core/service";
import { maxChanges } from "../api/changes/change-options.ts";
import type { Limits, Policy } from "../settings/settings.ts";
import * as z from "zod";

/** The parameters of an operation, as zod-openapi takes them. */
export interface Parameters {
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly header?: z.ZodObject;
}

/** The settings that parameters depend on. */
export interface ParameterSettings {
  readonly policy: Pick<Policy, "requireIfMatch">;
  readonly limits: Pick<Limits, "pageSize">;
}

const text = (description: string): z.ZodOptional<z.ZodString> => z.string().optional().meta({ description });

/** `{id}` of an app. */
export const appPath = z.object({
  id: z.guid().meta({
    description:
      "The id of an app. The forms `mobileApps('{id}')` and `mobileApps(id='{id}')` are served too, and a type behind the key, as in `mobileApps/{id}/microsoft.graph.win32LobApp/installSummary`.",
  }),
});

const select = text("Names of properties to return, separated by commas");
const format = text("`json`, or `application/json` with parameters; counts more than `Accept`");
const expand = text("`installSummary`, or `installSummary($select=failedDeviceCount)`");
const filter = text("Such as `installSummary/failedDeviceCount gt 0 and isof('microsoft.graph.iosVppApp')`");
const search = text(
  'Words that displayName or publisher has, all of them, such as `contoso portal`, `"company portal"` for a phrase, or `"displayName:portal"` for one property; a word with parentheses needs quotes',
);

/** The options of the service document and of the model. */
export const pageQuery = z.object({ $format: format });

/** The options of a summary. */
export const summaryQuery = z.object({ $select: select, $format: format });

/** The options of an app. */
export const appQuery = summaryQuery.extend({ $expand: expand });

/** The options of a change. Any other name is refused, so that a misspelt one changes nothing. */
export const patchQuery = z.object({
  $select: select,
  dryRun: z.boolean().optional().meta({ description: "Respond with what would be, and change nothing" }),
});

/** The options of the number of apps. */
export const countQuery = z.object({ $filter: filter, $search: search });

/** The options of a list of apps. */
export function appsQuery({ limits: { pageSize } }: ParameterSettings): z.ZodObject {
  return appQuery.extend({
    ...countQuery.shape,
    $orderby: text(
      "Up to five properties, separated by commas, each in rising order unless `desc` follows it, such as `installSummary/failedDeviceCount desc,displayName`",
    ),
    $top: z
      .int()
      .min(0)
      .optional()
      .meta({ description: `Apps on a page; ${pageSize} at most, and by default` }),
    $skip: z.int().min(0).optional().meta({ description: "How many apps to leave out at the beginning" }),
    $skiptoken: text("Where a page begins; from `@odata.nextLink`"),
    $count: z.boolean().optional().meta({ description: "Return the number of apps on all pages" }),
  });
}

/** The headers of every request with a token. */
export const commonHeader = z.object({
  "client-request-id": z.string().max(maxOwnIdLength).optional().meta({
    description:
      "An id of the caller's own, which the response and the log repeat. A change that is sent again with the same id, token and values counts once, so each change needs an id of its own",
  }),
  traceparent: text("The caller's trace, for the log (W3C Trace Context)"),
});

const odata = {
  "OData-Version": text("`4.0` or `4.01`"),
  "OData-MaxVersion": text("`4.0` or above"),
};

/** The headers of a read. */
export const readHeader = commonHeader.extend(odata);

const etagOf = (description: string, isRequired = false) => {
  const header = z.string().meta({ description, examples: ['W/"7"'] });
  return isRequired ? header : header.optional();
};

/** The headers of the read of a summary. */
export const summaryHeader = readHeader.extend({
  "If-None-Match": etagOf("Respond with 304 while the summary has this ETag"),
  "If-Match": etagOf("Respond with 412 unless the summary has this ETag"),
});

/** The headers of a list. */
export const listHeader = readHeader.extend({ Prefer: text("`odata.maxpagesize=100`") });

/** The headers of a change. */
export function patchHeader({ policy }: ParameterSettings): z.ZodObject {
  return readHeader.extend({
    "If-Match": etagOf("Change nothing unless the summary has this ETag: 412", policy.requireIfMatch),
    "If-None-Match": etagOf("Change nothing while the summary has this ETag: 412"),
    Prefer: text("`return=minimal` for a 204 without body"),
    "Content-Encoding": z.enum(["identity", "gzip"]).optional(),
    "install-summary-origin": z
      .enum(clientOrigins)
      .optional()
      .meta({ description: "Through what the change is made; `api` in the change log without it" }),
  });
}

const moment = (description: string) => z.iso.datetime({ offset: true }).optional().meta({ description });

/** The options of the change log. */
export function changesQuery({ limits }: ParameterSettings): z.ZodObject {
  return z.object({
    appId: z.guid().optional().meta({ description: "Changes of one app" }),
    actor: text("Changes of one user; `me` is the caller"),
    origin: z.enum(changeOrigins).optional().meta({ description: "Changes that came through one of these" }),
    since: moment("Changes of this moment or later"),
    until: moment("Changes before this moment"),
    after: text("Changes behind a cursor"),
    top: z
      .int()
      .min(1)
      .max(maxChanges)
      .optional()
      .meta({
        description: `Changes on a page: 100 by default, ${limits.pageSize} at most; as CSV, all of them by default`,
      }),
    order: z.enum(["asc", "desc"]).optional().meta({ description: "`asc` by default" }),
    format: z.enum(["json", "csv"]).optional().meta({ description: "Counts more than `Accept`" }),
  });
}

/** The headers of the change log. */
export const changesHeader = commonHeader.extend({
  "Last-Event-ID": text("The cursor behind which a stream of events begins"),
});

/** The headers of an import. */
export const importHeader = commonHeader.extend({
  "Content-Encoding": z
    .enum(["identity", "gzip"])
    .optional()
    .meta({ description: "`gzip` for a file that inflates to at most 100 times its size" }),
});

/** The options of an import. */
export const importQuery = z.object({
  dryRun: z.boolean().optional().meta({ description: "Tell what would change, and change nothing" }),
  missingAsZero: z.boolean().optional().meta({ description: "Use 0 for counters that a new app lacks" }),
});
