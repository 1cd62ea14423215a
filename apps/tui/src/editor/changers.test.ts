import { applyPatch } from "@install-summary/core";
import type { ListedChange } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { responded } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { Effect } from "./model/effect.ts";

// Who changed the apps of the table of conflicts, and when.

const app = listedApp(0, "Workday", { failedDeviceCount: 40 });

/** The table for one app whose failed devices others have changed, by this version. */
function openTable(version: number, beforehand: (editor: EditorDriver) => void = () => {}): EditorDriver {
  const editor = driveEditor([app]);
  beforehand(editor);
  editor.press("right", "8", "enter");
  const installSummary = applyPatch(app.installSummary, { failedDeviceCount: 38 });
  editor.read("refresh", { ...app, installSummary, etag: `W/"${version}"` });
  expect(editor.state().screen.name).toBe("conflict");
  return editor;
}

function asked(editor: EditorDriver): readonly Extract<Effect, { kind: "readChangers" }>[] {
  return editor.effects().flatMap((effect) => (effect.kind === "readChangers" ? [effect] : []));
}

function answer(editor: EditorDriver, ...changes: readonly ListedChange[]): void {
  for (const { key } of asked(editor)) editor.happen({ kind: "changersRead", key, changes });
}

function headOf(editor: EditorDriver): string {
  return (
    drawEditor(editor.state())
      .find((row) => row.includes("version 7 →"))
      ?.trimEnd() ?? ""
  );
}

// The editor's clock of these tests begins at this time.
const at = (minutesAgo: number): string => new Date(1_000_000 - minutesAgo * 60_000).toISOString();
const time = (minutesAgo: number): string =>
  new Date(1_000_000 - minutesAgo * 60_000).toTimeString().slice(0, 5);
const by = (version: number, actor: string, parts: Partial<ListedChange> = {}): ListedChange =>
  loggedChange({ version, actor, changedAt: at(version), ...parts });

test("one person is named with the time of the latest change; it is read once for the table", () => {
  const editor = openTable(9);
  answer(editor, by(10, "Someone later"), by(9, "Ada Byron"), by(8, "Ada Byron"), by(7, "Someone before"));
  expect(headOf(editor)).toMatch(new RegExp(`version 7 → 9   Ada Byron, ${time(9)}$`));
  editor.press("down", "up", "?", "escape");
  expect(asked(editor)).toEqual([]);
});

test.each([
  ["an import", [by(8, "Ada", { origin: "import" })], `   import, Ada ${time(8)}`],
  ["this person elsewhere", [by(8, "Ada", { mine: true })], `   you, ${time(8)}`],
  ["two people", [by(9, "Ada"), by(8, "Grace")], `   Ada ${time(9)}; Grace ${time(8)}`],
  ["many", [by(9, "Ada Byron-Lovelace"), by(8, "Grace Hopper")], "   Ada Byron-Lovelace"],
])("what %s has changed is told", (_who, changes, text) => {
  const editor = openTable(7 + changes.length);
  answer(editor, ...changes);
  expect(headOf(editor)).toContain(text);
  expect(headOf(editor).length).toBeLessThanOrEqual(80);
});

test("where a change is missing from the log no name is given", () => {
  const editor = openTable(9);
  answer(editor, by(9, "Ada Byron"));
  expect(headOf(editor)).toMatch(/version 7 → 9$/);
});

test("a reading that fails leaves the versions alone, and the next table asks again", () => {
  const editor = openTable(8);
  const [question] = asked(editor);
  editor.happen({ kind: "changersFailed", key: question?.key ?? "" });
  expect(headOf(editor)).toMatch(/version 7 → 8$/);
  editor.press("up");
  expect(asked(editor)).toEqual([]);
  editor.press("escape", "s", "enter");
  expect(editor.state().screen.name).toBe("conflict");
  expect(asked(editor)).toMatchObject([{ appId: sampleId(0) }]);
});

test("a server without a log of changes is not asked", () => {
  const editor = openTable(8, (one) => one.happen({ kind: "recentFailed", failure: responded(404) }));
  expect(asked(editor)).toEqual([]);
  expect(headOf(editor)).toMatch(/version 7 → 8$/);
});

test.each([
  [
    "this person alone",
    [by(9, "Ada", { mine: true }), by(8, "Ada", { mine: true })],
    "You changed this app in another place",
  ],
  ["also another one", [by(9, "Ada", { mine: true }), by(8, "Grace")], "Someone else changed this app"],
  ["an unknown person", [by(9, "Ada", { mine: true })], "This app has changed"],
])("the title says who has changed the app: %s", (_who, changes, title) => {
  const editor = openTable(9);
  answer(editor, ...changes);
  const [row = ""] = drawEditor(editor.state());
  expect(row).toContain(` ${title} `);
  expect(row).toContain("1 line to decide");
});

const own = [by(8, "Ada", { mine: true })];
const others = [by(8, "Grace")];

test.each([
  ["this person elsewhere", own, "You changed this app in another place: version 8 is there now"],
  ["someone else", others, "Someone else changed this app: version 8 is there now"],
  ["an unknown person", [], "This app has changed: version 8 is there now"],
])("the results say who has changed the app, as the table does: %s", (_who, changes, text) => {
  const editor = driveEditor([app]);
  editor.press("right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: app.id, failure: responded(412) });
  const installSummary = applyPatch(app.installSummary, { failedDeviceCount: 38 });
  editor.read("look", { ...app, installSummary, etag: 'W/"8"' });
  answer(editor, ...changes);
  expect(drawEditor(editor.state()).join("\n")).toContain(text);
});

test.each([
  ["this person elsewhere", own, "you changed it from 40 to 38 in another place: not sent until you"],
  ["someone else", others, "someone else changed it from 40 to 38: not sent until you decide"],
  ["an unknown person", [], "it has changed from 40 to 38: not sent until you decide"],
])("the review says who has changed a counter, as the table does: %s", (_who, changes, text) => {
  const editor = openTable(8);
  answer(editor, ...changes);
  editor.press("escape", "s");
  expect(editor.state().screen.name).toBe("review");
  expect(drawEditor(editor.state()).join("\n")).toContain(text);
});
