import { describe, expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { draftPlace, driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { parseDraft } from "../changes/drafts/draft-text.ts";
import type { StagedApp } from "./model/staging.ts";
import { describePlace } from "./plain/describe-place.ts";
import { firstPages } from "./plain/reply.ts";
import { plainResults } from "./plain/result-lines.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";
import { unconfirmedLines } from "./view/unconfirmed-lines.ts";

// A change whose response was lost, which others have overtaken while the log could not be read. Whatever reads the app
// later asks the log again: values alone never are the last word.

const name = "Mozilla Firefox ESR";
const app = (failedDeviceCount: number, version: number, more = {}): ReturnType<typeof listedApp> =>
  listedApp(0, name, { failedDeviceCount, ...more }, `W/"${version}"`);
const applied = { record: "applied" } as const;
const notApplied = { record: "notApplied" } as const;

/** +100 on 499 failed devices of version 4 was sent, and version 6 with another value is found, without a log. */
function overtaken(value = 650): EditorDriver {
  const editor = driveEditor([app(499, 4), listedApp(1, "Other")]);
  editor.press("right", "+", "1", "0", "0", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
  editor.wait(1);
  editor.read("look", app(value, 6));
  editor.effects();
  return editor;
}

function staged(editor: EditorDriver): StagedApp | undefined {
  return editor.state().staging.apps.get(sampleId(0));
}

function screen(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

const asksLog = {
  kind: "readApp",
  appId: sampleId(0),
  sent: {
    ifMatch: 'W/"4"',
    clientRequestId: "5e551011-0000-4000-8000-000000000001",
    patch: expect.any(Object),
  },
};

test("the shell is told of it when the editor ends", () => {
  expect(unconfirmedLines(overtaken().state()).slice(0, 2)).toEqual([
    "1 change was sent and not confirmed: it may have been applied.",
    "  Mozilla Firefox ESR · Windows (00000000): failed=599",
  ]);
});

describe("the log that could not be read tells later that the change was applied", () => {
  test("R in the results: nothing is left to send, and nothing is to be decided", () => {
    const editor = overtaken();
    editor.press("R");
    expect(editor.effects()).toMatchObject([asksLog]);
    editor.read("refresh", app(650, 6), applied);
    expect(editor.state().screen.name).toBe("results");
    expect(screen(editor)).toContain("The change was applied. Since then the same counters have changed");
    expect(staged(editor)).toBeUndefined();
    expect(editor.state().list.apps[0]).toMatchObject({ etag: 'W/"6"' });
    editor.press("s");
    expect(editor.state().notice?.text).toContain("Nothing is staged.");
    editor.press("u", "ctrl-r");
    expect(editor.state().staging.apps.size).toBe(0);
  });

  test("the results keep saying so where another number was typed since, which others have set too", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    expect(editor.state().screen.name).toBe("conflict");
    editor.press("e", "9", "0", "0", "enter", "escape");
    expect(editor.state().screen.name).toBe("results");
    editor.press("R");
    editor.read("refresh", app(900, 7), applied);
    expect(editor.state().notice?.text).toContain(
      "Applied, but its counters were changed since. Version 7 has your failed devices already.",
    );
    expect(screen(editor)).toContain("The change was applied. Since then the same counters have changed");
    expect(staged(editor)).toBeUndefined();
    editor.press("escape", "u");
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 900 });
  });

  test("someone has set the old value again: that is not overwritten", () => {
    const editor = overtaken(499);
    editor.press("R");
    editor.read("refresh", app(499, 6), applied);
    expect(staged(editor)).toBeUndefined();
    expect(screen(editor)).toContain("The change was applied. Since then the same counters have changed");
  });

  test.each([
    ["in the table of conflicts", []],
    ["behind it", ["escape", "escape", "escape"]],
  ])("also when R has already moved its edits: a live change reads it again, %s", (_where, keys) => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    expect(editor.state().screen.name).toBe("conflict");
    editor.press(...keys);
    editor.effects();
    const change = loggedChange({
      version: 7,
      before: { failedUserCount: 1 },
      after: { failedUserCount: 2 },
    });
    editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
    expect(editor.effects()).toMatchObject([{ ...asksLog, purpose: "newer" }]);
    editor.read("newer", app(650, 7, { failedUserCount: 2 }), applied);
    expect(staged(editor)).toBeUndefined();
    expect(editor.state().notice?.text).toContain("Applied, but its counters were changed since:");
    expect(screen(editor)).not.toContain("? m or t");
    expect(editor.state().screen.name).not.toBe("conflict");
  });

  test("a number that is being typed in the table is staged first", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("e", "9", "5");
    editor.effects();
    const change = loggedChange({
      version: 7,
      before: { failedUserCount: 1 },
      after: { failedUserCount: 2 },
    });
    editor.happen({ kind: "followed", followed: { kind: "changes", changes: [change], areNew: true } });
    expect(editor.effects()).toEqual([]);
    editor.read("refresh", app(650, 7, { failedUserCount: 2 }), applied);
    expect(editor.state().screen).toMatchObject({ name: "conflict", entry: "95" });
    editor.press("0", "enter");
    expect(editor.effects()).toMatchObject([{ ...asksLog, purpose: "newer" }]);
    editor.read("newer", app(650, 7, { failedUserCount: 2 }), applied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 950 });
  });

  test("R in the list and in the review asks for it, although no newer version is there", () => {
    const editor = overtaken(499);
    editor.press("R");
    editor.read("refresh", app(499, 6));
    editor.press("s");
    expect(screen(editor)).toContain("! sent on an older version before, may have been applied there");
    expect(describePlace(editor.state(), unicodeGlyphs, firstPages).join("\n")).toContain(
      "based on version 6. It was sent on an older version before, and may have been applied there:",
    );
    editor.effects();
    editor.press("R");
    expect(editor.effects()).toMatchObject([asksLog]);
    editor.read("refresh", app(499, 6));
    editor.press("escape", "escape", "end", "R");
    const { generation } = editor.state().list;
    editor.effects();
    editor.happen({ kind: "pageLoaded", generation, apps: [app(499, 6), listedApp(1, "Other")], count: 2 });
    expect(editor.effects()).toMatchObject([asksLog]);
    editor.read("refresh", app(499, 6), applied);
    expect(staged(editor)).toBeUndefined();
  });

  test("the same values are there again: it can be taken back, from what it was made on", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("escape", "escape", "R");
    editor.read("refresh", app(599, 8), applied);
    expect(staged(editor)).toBeUndefined();
    editor.press("c");
    expect(editor.effects().at(-1)).toMatchObject({
      kind: "copy",
      text: `install-summary set ${sampleId(0)} failed=499 --if-match 'W/"8"'`,
    });
  });

  test("what the person has typed or decided since stays", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("m", "escape", "escape", "escape");
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
    editor.press("right", "right", "9", "enter", "R");
    editor.read("refresh", app(650, 6), applied);
    expect(staged(editor)).toMatchObject({
      edits: { failedDeviceCount: 599, failedUserCount: 9 },
      contested: {},
      wasOvertaken: false,
    });
    expect(staged(editor)).not.toHaveProperty("overtaken");
  });

  test.each([
    ["reverted and typed anew", ["x", "5", "9", "9", "enter"]],
    ["typed over with another, and back", ["5", "0", "enter", "up", "5", "9", "9", "enter"]],
    ["typed once more", ["5", "9", "9", "enter"]],
  ])("the number that was sent stays where it was %s", (_how, keys) => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("escape", "escape", "escape", "right", "right", "9", "enter", "escape", "right", ...keys);
    expect(editor.state().notice?.text).toBe("Staged: failed devices 650 → 599 (−51).");
    editor.press("R");
    editor.read("refresh", app(650, 6), applied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599, failedUserCount: 9 });
  });

  test("a number that is pasted stays, also the one that was sent", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("escape", "escape", "escape", "right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount": 599}' });
    expect(editor.state().notice?.text).toBe("Pasted: 1 counter is staged. u undoes it.");
    editor.press("R");
    editor.read("refresh", app(650, 6), applied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
  });

  test("another counter that was typed since stays alone, and can be undone alone", () => {
    const editor = overtaken();
    editor.press("escape", "escape", "right", "right", "9", "enter", "R");
    editor.read("refresh", app(650, 6), applied);
    expect(staged(editor)).toMatchObject({ app: app(650, 6), edits: { failedUserCount: 9 }, contested: {} });
    editor.press("s");
    expect(screen(editor)).not.toContain("sent on an older version before");
    editor.press("escape", "u");
    expect(editor.state().notice?.text).toContain("Undone: failed users.");
    expect(staged(editor)).toBeUndefined();
    editor.press("u");
    expect(editor.state().notice?.text).toBe("Nothing to undo.");
    editor.press("ctrl-r");
    expect(staged(editor)?.edits).toEqual({ failedUserCount: 9 });
  });

  test("what was undone since can be redone, without what was sent", () => {
    const editor = overtaken();
    editor.press("escape", "escape", "right", "right", "9", "enter", "right", "5", "enter", "u", "u", "R");
    editor.read("refresh", app(650, 6), applied);
    expect(staged(editor)).toBeUndefined();
    editor.press("ctrl-r");
    expect(staged(editor)?.edits).toEqual({ failedUserCount: 9 });
    editor.press("ctrl-r");
    expect(Object.keys(staged(editor)?.edits ?? {})).toHaveLength(2);
    expect(staged(editor)?.edits).not.toHaveProperty("failedDeviceCount");
  });

  test("undoing a decision leaves nothing of what was sent", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("m", "escape", "escape", "escape", "right", "right", "9", "enter", "R");
    editor.read("refresh", app(650, 6), applied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599, failedUserCount: 9 });
    editor.press("u");
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
    editor.press("u");
    expect(staged(editor)).toBeUndefined();
  });
});

describe("read again while nothing tells, it is not confirmed, as the list says", () => {
  test.each([
    ["its counter is as it was before", 499, []],
    ["others have set its counter", 650, ["escape"]],
    ["the person has decided on its counter", 650, ["e", "9", "0", "0", "enter", "escape"]],
  ] as const)("%s", (_what, value, keys) => {
    const editor = overtaken(value);
    expect(screen(editor)).toContain("1 not confirmed");
    editor.press("R");
    editor.read("refresh", app(value, 6));
    editor.press(...keys);
    expect(editor.state().screen.name).toBe("results");
    expect(screen(editor)).toContain("1 not confirmed");
    expect(screen(editor)).toMatch(/\? .*version 6 read, not confirmed/);
    expect(screen(editor)).toContain(
      "It was sent before on an older version, and may have been applied there.",
    );
    expect(screen(editor)).not.toMatch(/not applied|○/);
    editor.press("c");
    expect(editor.effects().findLast(({ kind }) => kind === "copy")).toMatchObject({
      text: expect.stringContaining(": not confirmed, may have been applied; read again since"),
    });
    editor.press("escape", "escape", "escape");
    expect(screen(editor)).toContain("? not confirmed");
  });

  test("as a conversation", () => {
    const editor = overtaken(499);
    editor.press("R");
    editor.read("refresh", app(499, 6));
    const { screen: results } = editor.state();
    const lines = results.name === "results" ? plainResults(editor.state(), results, unicodeGlyphs) : [];
    expect(lines.join(" ")).toContain("0 sent, 1 not confirmed.");
    expect(lines.join(" ")).toContain("version 6 read, not confirmed.");
  });

  test("until a log tells that it was not applied", () => {
    const editor = overtaken(499);
    editor.press("R");
    editor.read("refresh", app(499, 6));
    editor.press("R");
    editor.read("refresh", app(499, 6), notApplied);
    expect(screen(editor)).toContain("1 not applied");
    expect(screen(editor)).not.toContain("may have been applied");
  });
});

describe("the log that could not be read tells later that the change was not applied", () => {
  test("an amount is counted again on what is there", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6), notApplied);
    expect(staged(editor)).toMatchObject({ edits: { failedDeviceCount: { add: 100 } }, contested: {} });
    editor.press("escape", "s");
    expect(screen(editor)).toMatch(/Failed devices +650 → +750 +by \+100/);
    expect(screen(editor)).not.toContain("sent on an older version before");
  });

  test("another counter that was typed since can be undone alone", () => {
    const editor = overtaken();
    editor.press("escape", "escape", "right", "right", "9", "enter", "R");
    editor.read("refresh", app(650, 6), notApplied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: { add: 100 }, failedUserCount: 9 });
    editor.press("escape", "escape", "u");
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: { add: 100 } });
  });

  test("a number that was typed since is that number, also the one that was sent", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("escape", "escape", "escape", "right", "9", "enter", "up", "5", "9", "9", "enter", "R");
    editor.read("refresh", app(650, 6), notApplied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
  });

  test("an amount counts again where someone else had set the very value meanwhile", () => {
    const editor = overtaken();
    editor.press("escape", "escape", "right", "right", "9", "enter", "R");
    editor.read("refresh", app(599, 7));
    expect(staged(editor)?.edits).toEqual({ failedUserCount: 9 });
    editor.press("R");
    editor.read("refresh", app(599, 7), notApplied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: { add: 100 }, failedUserCount: 9 });
  });

  test("nothing counts again where the person has put the value back", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("escape", "escape", "escape", "right", "right", "9", "enter", "escape", "right", "x", "R");
    editor.read("refresh", app(650, 6), notApplied);
    expect(staged(editor)?.edits).toEqual({ failedUserCount: 9 });
  });

  test("also after its edits were moved", () => {
    const editor = overtaken();
    editor.press("R");
    editor.read("refresh", app(650, 6));
    editor.press("escape", "escape", "escape", "R");
    editor.read("refresh", app(650, 6), notApplied);
    expect(staged(editor)).toMatchObject({ edits: { failedDeviceCount: { add: 100 } }, contested: {} });
  });

  test("a value stays to be decided", () => {
    const editor = driveEditor([app(499, 4)]);
    editor.press("right", "7", "enter", "s", "y");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
    editor.wait(1);
    editor.read("look", app(650, 6));
    editor.press("R");
    editor.read("refresh", app(650, 6), notApplied);
    expect(staged(editor)).toMatchObject({
      edits: { failedDeviceCount: 7 },
      contested: { failedDeviceCount: 499 },
    });
    expect(editor.state().screen.name).toBe("conflict");
  });

  test("an amount that no longer fits stays the value that was sent", () => {
    const editor = driveEditor([app(499, 4)]);
    editor.press("right", "-", "1", "0", "0", "enter", "s", "y");
    editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
    editor.wait(1);
    editor.read("look", app(50, 6));
    editor.press("R");
    editor.read("refresh", app(50, 6));
    editor.press("escape", "escape", "escape", "R");
    editor.read("refresh", app(50, 6), notApplied);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 399 });
  });
});

test("a draft keeps what was sent, and the editor that brings it back asks the log first", () => {
  const before = overtaken();
  const text = before.disk().get(sampleId(0)) ?? "";
  const parsed = parseDraft(text, draftPlace);
  const drafts = parsed.kind === "draft" ? [parsed.draft] : [];
  expect(drafts.map(({ overtaken: kept }) => kept)).toEqual([staged(before)?.overtaken]);
  const editor = driveEditor([app(650, 6), listedApp(1, "Other")]);
  const found = drafts.map((draft) => ({ key: "draft", savedAt: 1, draft }));
  editor.happen({ kind: "draftsFound", drafts: found, newer: [], broken: [] });
  editor.press("enter");
  editor.effects();
  editor.happen({ kind: "draftsClaimed", drafts, keys: ["draft"], reason: undefined });
  expect(editor.effects()).toMatchObject([asksLog]);
  expect(editor.state().screen.name).toBe("list");
  editor.read("refresh", app(650, 6), applied);
  expect(editor.state().staging.apps.size).toBe(0);
  expect(editor.disk().size).toBe(0);
});

/** The next start, which has found the draft that an ended editor left. */
function start(before: EditorDriver, now = app(650, 6)): EditorDriver {
  const parsed = parseDraft(before.disk().get(sampleId(0)) ?? "", draftPlace);
  if (parsed.kind !== "draft") throw new Error("there is a draft");
  const editor = driveEditor([now, listedApp(1, "Other")]);
  editor.effects();
  const drafts = [{ key: "draft", savedAt: 1, draft: parsed.draft }];
  editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
  expect(editor.effects()).toMatchObject([{ ...asksLog, purpose: "draft" }]);
  expect(screen(editor)).toMatch(/sent .*, reading … +\?/);
  return editor;
}

/** Brings it back. */
function bringBack(editor: EditorDriver): void {
  const drafts = editor.state().drafts.found.map(({ draft }) => draft);
  editor.press("enter");
  editor.effects();
  editor.happen({ kind: "draftsClaimed", drafts, keys: ["draft"], reason: undefined });
}

describe("a draft of an overtaken change", () => {
  const live = { failedUserCount: 2 };
  const notThere = /sent .*, now 6 +≠/;

  test("was applied where the log says so: nothing is left to send", () => {
    const editor = start(overtaken());
    editor.read("draft", app(650, 6), applied);
    expect(screen(editor)).toMatch(/sent .*, applied +✓/);
    expect(screen(editor)).toContain("✓ was applied: nothing is left to send.");
    editor.press("x");
    expect(screen(editor)).toContain("Throw the draft of Mozilla Firefox ESR");
    expect(screen(editor)).not.toContain("may have been applied");
    editor.press("escape");
    bringBack(editor);
    expect(editor.effects()).toEqual([]);
    expect(staged(editor)).toBeUndefined();
    expect(editor.state().notice?.text).toContain("Applied, but its counters were changed since: version 6");
  });

  test("counts as one that was never sent where the log rules it out", () => {
    const editor = start(overtaken());
    editor.read("draft", app(650, 6), notApplied);
    expect(screen(editor)).toContain("version 4, now 6");
    expect(screen(editor)).not.toContain("≠");
    bringBack(editor);
    expect(staged(editor)).toMatchObject({ edits: { failedDeviceCount: { add: 100 } }, wasOvertaken: false });
  });

  test.each([
    // Still to be decided: the value that it was typed against stays.
    [
      "cannot be asked",
      {},
      "499 → 599 +100",
      "499 to 599, changed to 650 meanwhile.",
      { failedDeviceCount: 599 },
    ],
    [
      "rules it out",
      notApplied,
      "650 → 750 by +100",
      "650 to 750, by plus 100.",
      { failedDeviceCount: { add: 100 } },
    ],
    ["has it", applied, "650 → 599 −51", "650 to 599.", undefined],
  ])(
    "is shown with the numbers that it comes back with where the log %s",
    (_log, told, row, sentence, edits) => {
      const before = overtaken();
      before.press("R");
      before.read("refresh", app(650, 6));
      const editor = start(before);
      editor.read("draft", app(650, 6), told);
      expect(screen(editor).replaceAll(/ +/g, " ")).toContain(row);
      const plain = describePlace(editor.state(), unicodeGlyphs, firstPages).join("\n");
      expect(plain).toContain(`failed devices ${sentence}`);
      bringBack(editor);
      expect(staged(editor)?.edits).toEqual(edits);
    },
  );

  test("that only reading finds overtaken is shown as the value that was sent", () => {
    const before = driveEditor([app(499, 4), listedApp(1, "Other")]);
    before.press("right", "+", "1", "0", "0", "enter", "s", "y");
    const editor = start(before);
    expect(screen(editor)).toMatch(/499 → +599 +by \+100/);
    editor.read("draft", app(650, 6));
    expect(screen(editor)).toMatch(/499 → +599 +\+100/);
    bringBack(editor);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
  });

  test("of which the log leaves a part is shown with that part alone", () => {
    const before = overtaken();
    before.press("escape", "escape", "right", "right", "9", "enter");
    const editor = start(before, app(650, 7, live));
    editor.read("draft", app(650, 7, live), applied);
    expect(screen(editor)).toContain("1 line");
    expect(screen(editor)).not.toContain("Failed devices");
    bringBack(editor);
    expect(staged(editor)?.edits).toEqual({ failedUserCount: 9 });
  });

  test("may have been applied as long as the log cannot be read, and R asks it again", () => {
    const editor = start(overtaken());
    editor.read("draft", app(650, 6));
    expect(screen(editor)).toMatch(notThere);
    expect(screen(editor)).toContain("≠ was sent, and the app was changed since");
    editor.press("x");
    expect(screen(editor)).toContain("It was sent, and may have been applied.");
    editor.press("escape");
    editor.effects();
    editor.press("R");
    expect(editor.effects()).toMatchObject([{ ...asksLog, purpose: "draft" }]);
    editor.read("draft", app(650, 6), applied);
    expect(screen(editor)).toContain("✓ was applied: nothing is left to send.");
  });

  test("says so once it is staged again, and each time that R cannot ask the log", () => {
    const editor = start(overtaken());
    editor.read("draft", app(650, 6));
    bringBack(editor);
    const told =
      "Version 6 is there now. Your change may have been applied before that; it is kept as the values that were sent.";
    for (let times = 0; times < 2; times += 1) {
      editor.read("refresh", app(650, 6));
      expect(editor.state().notice?.text).toContain(told);
      expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
    }
    // What the person has decided is no longer the change that was sent.
    editor.press("m", "escape", "R");
    editor.read("refresh", app(650, 6));
    expect(editor.state().notice?.text).toContain("Read again: version 6, unchanged.");
  });

  test("is the same when its edits were moved onto what is there", () => {
    const before = overtaken();
    before.press("R");
    before.read("refresh", app(650, 6));
    const editor = start(before);
    editor.read("draft", app(650, 6));
    expect(screen(editor)).toMatch(notThere);
    expect(screen(editor)).not.toContain("began anew");
    editor.press("R");
    editor.read("draft", app(650, 6), applied);
    expect(screen(editor)).toContain("✓ was applied: nothing is left to send.");
  });

  test.each([
    [applied, { failedUserCount: 9 }],
    [notApplied, { failedDeviceCount: { add: 100 }, failedUserCount: 9 }],
  ])("keeps what was typed since, whatever the log tells: %o", (told, edits) => {
    const before = overtaken();
    before.press("escape", "escape", "right", "right", "9", "enter");
    const editor = start(before, app(650, 7, live));
    editor.read("draft", app(650, 7, live), told);
    expect(screen(editor)).toContain("version 4, now 7");
    expect(screen(editor)).not.toContain("nothing is left to send");
    bringBack(editor);
    expect(staged(editor)?.edits).toEqual(edits);
    expect(staged(editor)).not.toHaveProperty("overtaken");
  });

  test("is the person's own once all of it was decided", () => {
    const before = overtaken();
    before.press("R");
    before.read("refresh", app(650, 6));
    before.press("m");
    const editor = driveEditor([app(650, 6)]);
    const parsed = parseDraft(before.disk().get(sampleId(0)) ?? "", draftPlace);
    const drafts = parsed.kind === "draft" ? [{ key: "draft", savedAt: 1, draft: parsed.draft }] : [];
    editor.happen({ kind: "draftsFound", drafts, newer: [], broken: [] });
    editor.read("draft", app(650, 6), applied);
    expect(screen(editor)).toContain("version 6 still");
    bringBack(editor);
    expect(staged(editor)?.edits).toEqual({ failedDeviceCount: 599 });
  });

  test("that comes back with others says as well that its counters were changed since", () => {
    const editor = start(overtaken());
    const draft = editor.state().drafts.found[0]?.draft;
    if (draft === undefined) throw new Error("there is a draft");
    const { overtaken: _, ...kept } = draft;
    const other = { ...kept, app: listedApp(1, "Other"), edits: { failedUserCount: 9 } };
    editor.read("draft", app(650, 6), applied);
    editor.press("enter");
    const keys = ["draft", "second"];
    editor.happen({ kind: "draftsClaimed", drafts: [draft, other], keys, reason: undefined });
    expect(editor.state().notice?.text).toBe(
      "1 draft is staged again. 1 has nothing left to send. 1 was applied, and the same counters were changed since.",
    );
  });
});
