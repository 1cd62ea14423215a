import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import {
  applyPatch,
  installSummaryPatchSchema,
  installSummarySchema,
  type InstallSummary,
} from "@install-summary/core";
import * as z from "zod";

const json = <Schema extends z.ZodType>(schema: Schema) => ({ "application/json": { schema } });

const patchSummary = createRoute({
  method: "patch",
  path: "/apps/{id}/summary",
  request: {
    params: z.object({ id: installSummarySchema.shape.id }),
    body: { content: json(installSummaryPatchSchema), required: true },
  },
  responses: {
    200: { description: "The summary after the change", content: json(installSummarySchema) },
  },
});

/** A server that describes itself at /openapi.json, with the schemas of core. */
export function createApp(summary: InstallSummary) {
  let current = summary;
  const app = new OpenAPIHono().openapi(patchSummary, (context) => {
    current = applyPatch(current, context.req.valid("json"));
    return context.json(current, 200);
  });
  app.doc31("/openapi.json", { openapi: "3.1.0", info: { title: "Summaries", version: "1" } });
  return app;
}
