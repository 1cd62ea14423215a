import { expect, test } from "vitest";
import { driveEditor } from "../../test/editor-driver.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Draft, FoundDraft } from "../changes/drafts/draft.ts";

// Drafts that ended editors have left behind.

const app = listedApp(0, "App", { failedDeviceCount: 40 });

function found(key: string, savedAt: number, pending: Draft["pending"]): FoundDraft {
  const known = { app, readAt: 1, leftOut: false, wasOvertaken: false, contested: {} };
  return { key, savedAt, draft: { ...known, edits: { failedDeviceCount: { add: 2 } }, pending } };
}

const sent: Draft["pending"] = {
  change: { patch: { failedDeviceCount: 42 }, etag: app.etag, base: app.installSummary },
  clientRequestId: sampleId(9),
  sentAt: 1,
};

test("a draft that was sent and is thrown away says that it may have been applied, behind a newer one too", () => {
  const editor = driveEditor([app]);
  const drafts = [found("new", 3, undefined), found("sent", 2, sent), found("old", 1, undefined)];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  editor.press("down", "x", "y");
  expect(editor.draftKeys("discardDrafts")).toEqual(["sent"]);
  expect(editor.state().notice).toEqual({
    text: "1 draft was thrown away. What was sent may still have been applied.",
    tone: "wrong",
  });
  editor.press("down", "x", "y");
  expect(editor.draftKeys("discardDrafts")).toEqual(["old"]);
  expect(editor.state().notice?.text).toBe("1 draft was thrown away.");
});
