import { installSummarySchema, type InstallSummaryPatch } from "@install-summary/core";
import { parseETagVersion } from "@install-summary/core/text";
import { randomUUID } from "node:crypto";
import { stampCounter } from "../history/history.ts";
import { readApp } from "./read-apps.ts";
import { matching } from "./version.ts";
import { anyOf, anyValue, summaryPath, type Step, type Worker } from "./worker.ts";

/** Changes any app, whatever it was before. */
export const patchApps: Step = (worker) =>
  patchApp(worker, anyOf(worker.apps), { pendingInstallDeviceCount: anyValue() });

/** Adds one to a counter of any app, and guards that by the version that it has read. */
export const incrementApps: Step = async (worker) => {
  const appId = anyOf(worker.apps);
  const read = await readApp(worker, appId);
  if (read === undefined) return;
  const failedUserCount = (read.counters.failedUserCount + 1) % 2 ** 31;
  await patchApp(worker, appId, { failedUserCount }, read.version);
};

async function patchApp(
  { caller, recorder }: Worker,
  appId: string,
  counters: InstallSummaryPatch,
  ifMatch?: number,
): Promise<void> {
  const stamp = recorder.nextStamp();
  const patch = { ...counters, [stampCounter]: stamp };
  const clientRequestId = randomUUID();
  const { status, headers, text, start, end, outcome, wasSent, told } = await caller.send({
    method: "PATCH",
    path: summaryPath(appId),
    headers: {
      "Content-Type": "application/json",
      "client-request-id": clientRequestId,
      ...(stamp % 2 === 0 && { Prefer: "return=minimal" }),
      ...matching(ifMatch),
    },
    body: JSON.stringify(patch),
  });
  if (!wasSent) return;
  const version = parseETagVersion(headers.get("etag") ?? undefined);
  const requestId = headers.get("request-id") ?? undefined;
  recorder.addChange({
    appId,
    stamp,
    patch,
    clientRequestId,
    start,
    end,
    outcome,
    told,
    ...(ifMatch !== undefined && { ifMatch }),
    ...(requestId !== undefined && { requestId }),
    ...(outcome === "acknowledged" && version !== undefined && { version }),
    ...(status === 200 && text !== undefined && { counters: installSummarySchema.parse(JSON.parse(text)) }),
  });
  // A 412 tells the version that is there.
  if (status === 412 && version !== undefined) recorder.addSeen({ appId, version, start, end, told });
}
