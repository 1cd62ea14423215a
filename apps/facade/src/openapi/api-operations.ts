import { changeOrigins } from "@install-summary/core";
import * as z from "zod";
import type { ApiName } from "../api/api-paths.ts";
import type { Settings } from "../settings/settings.ts";
import { accessErrors, type PathOperations } from "./contract-operations.ts";
import * as parameters from "./parameters.ts";
import { errorResponses, jsonWith, responseWith } from "./responses.ts";
import * as schemas from "./schemas.ts";
import { securityOf } from "./security.ts";

/** The operations of the facade's own API, by the names of its paths. */
export function apiOperations(settings: Settings): Readonly<Record<ApiName, PathOperations>> {
  const file = { schema: z.string() };
  const importErrors = [
    ...accessErrors(settings),
    "RequestEntityTooLarge",
    "UnsupportedMediaType",
    "ServiceUnavailable",
  ] as const;
  return {
    changes: {
      get: {
        tags: ["API"],
        operationId: "readChanges",
        summary: "Read the change log, or follow it",
        description: `Who changed which counters, when and through what (${changeOrigins.join(", ")}). \`Accept: text/event-stream\` sends changes as they come: \`event: change\` with the cursor as its \`id\`.`,
        security: securityOf(settings, "read"),
        requestParams: { query: parameters.changesQuery(settings), header: parameters.changesHeader },
        responses: {
          200: responseWith("Changes", {
            "application/json": schemas.changes,
            "text/csv": z.string().meta({ description: "A row for each counter that changed" }),
            "text/event-stream": z.string(),
          }),
          ...errorResponses([...accessErrors(settings), "NotAcceptable", "Gone", "ServiceUnavailable"]),
        },
      },
    },
    imports: {
      post: {
        tags: ["API"],
        operationId: "importReport",
        summary: "Import a report of Intune",
        security: securityOf(settings, "write"),
        ...(settings.policy.readOnly && {
          description: "The service is read-only and refuses every import.",
        }),
        requestParams: { query: parameters.importQuery, header: parameters.importHeader },
        requestBody: {
          required: true,
          description: `At most ${settings.limits.importBytes} bytes, which arrive within ${settings.limits.importSeconds} seconds`,
          content: { "text/csv": file, "application/json": { schema: z.unknown() }, "application/zip": file },
        },
        responses: settings.policy.readOnly
          ? errorResponses(accessErrors(settings))
          : { 200: jsonWith("What the import did", schemas.importReport), ...errorResponses(importErrors) },
      },
    },
  };
}
