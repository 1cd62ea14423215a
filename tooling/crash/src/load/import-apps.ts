import { counterNames, type CounterName, type InstallSummaryPatch } from "@install-summary/core";
import { randomUUID } from "node:crypto";
import { stampCounter } from "../history/history.ts";
import { anyValue, someOf, type Step, type Worker } from "./worker.ts";

/** Imports a report that changes some of the apps. */
export const importApps: Step = async (worker) => {
  const apps = someOf(worker.apps, Math.ceil(Math.random() * worker.apps.length));
  await importReport(worker, apps, [stampCounter, "failedDeviceCount"]);
};

/** Imports all apps with all of their counters, as new ones; true if they are there now. */
export async function createApps(worker: Worker): Promise<boolean> {
  return importReport(worker, worker.apps, counterNames);
}

async function importReport(
  { caller, recorder }: Worker,
  apps: readonly string[],
  columns: readonly CounterName[],
): Promise<boolean> {
  const rows = apps.map((appId) => {
    const stamp = recorder.nextStamp();
    const counters = columns.map((name) => [name, name === stampCounter ? stamp : anyValue()]);
    const patch: InstallSummaryPatch = Object.fromEntries(counters);
    return { appId, stamp, patch };
  });
  const clientRequestId = randomUUID();
  const { status, headers, start, end, outcome, wasSent, told } = await caller.send({
    method: "POST",
    path: "/api/imports",
    headers: { "Content-Type": "text/csv", "client-request-id": clientRequestId },
    body: formatReport(rows, columns),
  });
  if (!wasSent) return false;
  const requestId = headers.get("request-id") ?? undefined;
  for (const row of rows) {
    recorder.addChange({
      ...row,
      clientRequestId,
      start,
      end,
      outcome,
      told: `import: ${told}`,
      ...(requestId !== undefined && { requestId }),
    });
  }
  return status === 200;
}

function formatReport(
  rows: readonly { readonly appId: string; readonly patch: InstallSummaryPatch }[],
  columns: readonly CounterName[],
): string {
  const head = [
    "ApplicationId",
    "DisplayName",
    ...columns.map((name) => name[0]?.toUpperCase() + name.slice(1)),
  ];
  const lines = rows.map(({ appId, patch }) => [
    appId,
    `App ${appId}`,
    ...columns.map((name) => patch[name]),
  ]);
  return [head, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}
