import { installSummarySchema, mobileAppPageSchema, type InstallSummary } from "@install-summary/core";
import { anyOf, summaryPath, type Step, type Worker } from "./worker.ts";
import { versionOf } from "./version.ts";

/** A summary that was read, with its version. */
export interface ReadApp {
  readonly version: number;
  readonly counters: InstallSummary;
}

/** Reads the summary of an app; undefined where the facade could not. */
export async function readApp({ caller, recorder }: Worker, appId: string): Promise<ReadApp | undefined> {
  const { status, headers, text, ...ended } = await caller.send({ method: "GET", path: summaryPath(appId) });
  if (status !== 200 || text === undefined) return undefined;
  const version = versionOf(headers.get("etag"));
  const counters = installSummarySchema.parse(JSON.parse(text));
  recorder.addSeen({ appId, version, counters, ...timesOf(ended) });
  return { version, counters };
}

/** Reads one app, and then asks if it has changed. */
export const readApps: Step = async (worker) => {
  const appId = anyOf(worker.apps);
  const read = await readApp(worker, appId);
  if (read === undefined) return;
  const { status, headers, text, ...ended } = await worker.caller.send({
    method: "GET",
    path: summaryPath(appId),
    headers: { "If-None-Match": `W/"${read.version}"` },
  });
  if (status === 304) {
    worker.recorder.addSeen({ appId, version: versionOf(headers.get("etag")), ...timesOf(ended) });
  } else if (status === 200 && text !== undefined) {
    const counters = installSummarySchema.parse(JSON.parse(text));
    worker.recorder.addSeen({ appId, version: versionOf(headers.get("etag")), counters, ...timesOf(ended) });
  }
};

/** Reads the first page of the list, each app with its summary. */
export const listApps: Step = async ({ caller, recorder, apps }) => {
  const path = "/beta/deviceAppManagement/mobileApps?$expand=installSummary&$select=id";
  const { status, text, ...ended } = await caller.send({ method: "GET", path });
  if (status !== 200 || text === undefined) return;
  for (const { id, installSummary } of mobileAppPageSchema.parse(JSON.parse(text)).value) {
    if (installSummary === undefined || !apps.includes(id)) continue;
    const { "@odata.etag": etag, ...counters } = installSummary;
    recorder.addSeen({ appId: id, version: versionOf(etag), counters, ...timesOf(ended) });
  }
};

function timesOf<Ended extends { readonly start: number; readonly end: number; readonly told: string }>({
  start,
  end,
  told,
}: Ended): Pick<Ended, "start" | "end" | "told"> {
  return { start, end, told };
}
