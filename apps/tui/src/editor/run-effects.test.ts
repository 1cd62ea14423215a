import { graphError } from "@install-summary/core";
import { expect, test } from "vitest";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Happening } from "./model/event.ts";
import { createEffectRunner, type EditorClient } from "./run-effects.ts";

// Each reading of an app tells what came of it: until then the editor takes the app as being read.

const app = { ...listedApp(0), requestId: "5f0c" };
const refused = graphError("Forbidden", "No.");
const sent = { ifMatch: 'W/"6"', clientRequestId: "c1", patch: { failedDeviceCount: 5 } };

const unused = (): never => {
  throw new Error("This is not asked for.");
};
const terminal = { copy: unused, suspend: unused, redraw: unused, quit: unused };
const drafts = {
  find: unused,
  claim: unused,
  discard: unused,
  save: unused,
  written: unused,
  marked: unused,
  close: unused,
  stale: unused,
};

/** What is told of reading an app, once that has ended. */
async function toldOf(reads: Pick<EditorClient, "getApp" | "findChange">): Promise<Happening> {
  const told = Promise.withResolvers<Happening>();
  const run = createEffectRunner({
    client: { pages: unused, sendOnce: unused, changes: unused, ...reads },
    signIn: { replace: unused },
    signal: new AbortController().signal,
    report: told.resolve,
    terminal,
    drafts,
  });
  run({ kind: "readApp", purpose: "newer", appId: app.id, askedAt: 3, sent });
  return told.promise;
}

test.each<[string, Pick<EditorClient, "getApp" | "findChange">, Partial<Happening>]>([
  [
    "the app has come",
    { getApp: async () => app, findChange: async () => "applied" },
    { kind: "appRead", record: "applied" },
  ],
  [
    "the app has come, and the log is refused",
    { getApp: async () => app, findChange: () => Promise.reject(refused) },
    { kind: "appRead" },
  ],
  [
    "the app has come, and the log cannot be asked",
    { getApp: async () => app, findChange: unused },
    { kind: "appRead" },
  ],
  [
    "the app is refused",
    { getApp: () => Promise.reject(refused), findChange: unused },
    { kind: "readFailed", appId: sampleId(0) },
  ],
  [
    "the app cannot be asked for",
    { getApp: unused, findChange: unused },
    { kind: "readFailed", appId: sampleId(0) },
  ],
])("a reading tells that %s", async (_what, reads, happening) => {
  expect(await toldOf(reads)).toMatchObject({ purpose: "newer", ...happening });
});
