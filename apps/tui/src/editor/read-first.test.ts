import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, small, usual, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Draft } from "../changes/drafts/draft.ts";
import { plainReview } from "./plain/review-lines.ts";

// A change that an ended editor has sent, and that nothing has confirmed yet: the app is read before anything is sent again.

const app = (failedDeviceCount: number, version: number): ReturnType<typeof listedApp> =>
  listedApp(0, "App", { failedDeviceCount }, `W/"${version}"`);

/** The editor with that draft brought back, while reading the app fails; the list knows `version`. */
function broughtBack(version: number, size = usual): EditorDriver {
  const editor = driveEditor([app(version === 7 ? 40 : 42, version), listedApp(1, "Other")], size);
  const base = app(40, 7);
  const draft: Draft = {
    app: base,
    readAt: 1,
    edits: { failedDeviceCount: { add: 2 } },
    leftOut: false,
    wasOvertaken: false,
    contested: {},
    pending: {
      change: { patch: { failedDeviceCount: 42 }, etag: base.etag, base: base.installSummary },
      clientRequestId: sampleId(90),
      sentAt: 1,
    },
  };
  const failure = responded(500);
  editor.happen({ kind: "draftsFound", drafts: [{ key: "key", savedAt: 1, draft }], newer: [], broken: [] });
  editor.happen({ kind: "readFailed", purpose: "draft", appId: sampleId(0), failure });
  editor.press("enter");
  editor.happen({ kind: "draftsClaimed", drafts: [draft], keys: ["key"], reason: undefined });
  editor.happen({ kind: "readFailed", purpose: "refresh", appId: sampleId(0), failure });
  editor.effects();
  return editor;
}

function textOf(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

test.each([
  [7, usual],
  [8, usual],
  [8, small],
])(
  "version %i is known: no line says that it is sent again before it was read, and y says why",
  (version, size) => {
    const editor = broughtBack(version, size);
    editor.press("right", "5");
    expect(editor.state().notice?.text).toMatch(/its edits wait\. R finds out\.$/);
    editor.press("u");
    editor.press("s");
    expect(textOf(editor)).toContain("Nothing to send");
    expect(textOf(editor)).toMatch(/may have been applied: R finds\s+out first/);
    expect(textOf(editor)).not.toMatch(/sent again|s sends/);
    expect(plainReview(editor.state())[0]).toContain("again finds out before it can be sent again:");
    editor.press("e");
    expect(editor.state().notice?.text).not.toContain("s sends it again");
    editor.press("y");
    expect(editor.effects().filter(({ kind }) => kind === "sendPatch")).toEqual([]);
    expect(editor.state().notice?.text).toBe(
      "What was sent may have been applied: R finds out before anything is sent again.",
    );
  },
);

test.each([7, 8])(
  "the app's pane says with ? that it was sent, also where version %i is known",
  (version) => {
    const editor = broughtBack(version);
    editor.press("right");
    expect(textOf(editor)).toMatch(version === 7 ? / {2}\? not confirmed/ : /≠ version 8 is there now {2}\?/);
  },
);

test("a change of this editor can be sent again, and that is said", () => {
  const editor = driveEditor([app(40, 7)]);
  editor.press("right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.press("escape", "escape", "right", "5");
  expect(editor.state().notice?.text).toContain("R finds out, s sends it again.");
  editor.press("s");
  expect(textOf(editor)).toContain("may have been applied: sent again as it was");
  expect(textOf(editor)).toContain("y send 1");
});

function footer(editor: EditorDriver): string {
  return drawEditor(editor.state()).at(-1) ?? "";
}

test("once it is read its line in the review names only keys that act on it", () => {
  const editor = broughtBack(7);
  editor.press("s");
  expect(footer(editor)).toContain("R read again first");
  expect(footer(editor)).not.toMatch(/d drop|e edit/);
  editor.press("R");
  editor.read("refresh", app(40, 7));
  expect(footer(editor)).toContain("y send 1");
  expect(footer(editor)).not.toMatch(/d drop|e edit/);
});
