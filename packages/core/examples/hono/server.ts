import { sValidator } from "@hono/standard-validator";
import { zValidator } from "@hono/zod-validator";
import { applyPatch, installSummaryPatchSchema, type InstallSummary } from "@install-summary/core";
import { Hono } from "hono";

/** A server with one summary, whose client knows the names and types of the counters. Both validators fit. */
export function createApp(summary: InstallSummary) {
  let current = summary;
  return new Hono()
    .patch("/summary", zValidator("json", installSummaryPatchSchema), (context) => {
      current = applyPatch(current, context.req.valid("json"));
      return context.json(current);
    })
    .patch("/standard/summary", sValidator("json", installSummaryPatchSchema), (context) => {
      current = applyPatch(current, context.req.valid("json"));
      return context.json(current);
    });
}
