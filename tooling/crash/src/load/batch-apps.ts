import { installSummarySchema } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { stampCounter } from "../history/history.ts";
import { outcomeOf } from "./outcome.ts";
import { anyValue, someOf, summaryPath, type Step } from "./worker.ts";

const maxItems = 8;

const batchSchema = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.int(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown(),
    }),
  ),
});

/** Changes some apps with one batch. */
export const batchApps: Step = async ({ caller, recorder, apps }) => {
  const items = someOf(apps, maxItems).map((appId) => {
    const stamp = recorder.nextStamp();
    const patch = { notApplicableUserCount: anyValue(), [stampCounter]: stamp };
    return { appId, stamp, patch, clientRequestId: randomUUID() };
  });
  const { status, text, ...ended } = await caller.send({
    method: "POST",
    path: "/beta/$batch",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      requests: items.map(({ appId, stamp, patch, clientRequestId }) => ({
        id: String(stamp),
        method: "PATCH",
        url: summaryPath(appId),
        headers: { "Content-Type": "application/json", "client-request-id": clientRequestId },
        body: patch,
      })),
    }),
  });
  if (!ended.wasSent) return;
  const responses = status === 200 && text !== undefined ? batchSchema.parse(JSON.parse(text)).responses : [];
  const byId = new Map(responses.map((response) => [response.id, response]));
  const { start, end } = ended;
  for (const { stamp, ...item } of items) {
    const response = byId.get(String(stamp));
    if (response === undefined) {
      // A batch that was acknowledged without its body tells nothing of its items.
      const outcome = ended.outcome === "refused" ? "refused" : "unknown";
      recorder.addChange({ ...item, stamp, start, end, outcome, told: `batch: ${ended.told}` });
      continue;
    }
    const { headers, body } = response;
    recorder.addResponse(`batch: PATCH ${response.status}`);
    const outcome = outcomeOf(response.status, JSON.stringify(body));
    const version = parseETagVersion(headers["ETag"]);
    recorder.addChange({
      ...item,
      stamp,
      start,
      end,
      outcome,
      told: `batch: PATCH ${response.status}`,
      ...(outcome === "acknowledged" && version !== undefined && { version }),
      ...(headers["request-id"] !== undefined && { requestId: headers["request-id"] }),
      ...(response.status === 200 && { counters: installSummarySchema.parse(body) }),
    });
  }
};
