import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, driveEmptyEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { play, runs } from "../../test/editor-runs.ts";
import { responded } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { graphemes } from "../text/width.ts";
import type { FoundDraft } from "../changes/drafts/draft.ts";
import { stepOf } from "./keys/step-of.ts";
import { unusedKey } from "./keys/unused-key.ts";
import type { EditorState } from "./model/editor-state.ts";
import type { Transition } from "./model/transition.ts";
import { reduce } from "./reduce.ts";
import { paletteCommands } from "./view/frame/palette-commands.ts";
import { unicodeGlyphs } from "./view/glyphs.ts";

const apps = [listedApp(0, "Alpha", { failedDeviceCount: 17 }), listedApp(1, "Beta")];

function labels(editor: EditorDriver): readonly string[] {
  const { screen } = editor.state();
  if (screen.name !== "palette") throw new Error(`The screen is ${screen.name}.`);
  return paletteCommands(editor.state(), screen, unicodeGlyphs).map(
    ({ label, written }) => `${label} (${written})`,
  );
}

test("a colon shows every command of the screen with its key, and words find one", () => {
  const editor = driveEditor(apps);
  editor.press(":");
  expect(labels(editor)).toEqual(
    expect.arrayContaining([
      "Into the counters (⏎)",
      "Undo the last edit (u)",
      "Redo what was undone (Ctrl-R)",
      "History of all apps (H)",
      "Quit (q)",
      "Sort by name (o m)",
    ]),
  );
  editor.type("hist all");
  expect(labels(editor)[0]).toBe("History of all apps (H)");
  expect(drawEditor(editor.state()).join("\n")).toMatch(/▸ History of all apps +H$/m);
});

test("Enter does what the key of the command does on the screen where the palette was opened", () => {
  const [byKeys, byPalette] = [driveEditor(apps), driveEditor(apps)];
  byKeys.press("down", "right", "8", "enter", "s", "d");
  byPalette.press("down", "right", "8", "enter", ":");
  byPalette.type("review");
  byPalette.press("enter", ":");
  byPalette.type("drop");
  byPalette.press("enter");
  expect(byPalette.state().screen).toEqual(byKeys.state().screen);
  expect(byPalette.state().staging).toEqual(byKeys.state().staging);
  expect(byPalette.state().notice).toEqual(byKeys.state().notice);
});

test("a sort of two keys is one command", () => {
  const editor = driveEditor(apps);
  editor.press(":");
  editor.type("sort name");
  editor.press("enter");
  expect(editor.state().list.sort.column).toBe("name");
  expect(editor.state().screen.name).toBe("list");
});

test("the palette shows the key that sends, and does not send", () => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "s", ":");
  expect(labels(editor)[0]).toBe("Send, each app alone, guarded by its version (y)");
  editor.effects();
  editor.press("enter");
  expect(editor.state().screen.name).toBe("review");
  expect(editor.state().notice?.text).toBe("Only the key y itself sends.");
  expect(editor.effects()).toEqual([]);
});

const places: Readonly<Record<string, readonly string[]>> = {
  list: [],
  sort: ["o"],
  counters: ["right"],
  review: ["right", "8", "enter", "s"],
  results: ["right", "8", "enter", "s", "y"],
  history: ["H"],
  conflict: ["right", "8", "enter", "R"],
  drafts: [],
};

/** An editor on a screen where things can be done. */
function open(name: string): EditorDriver {
  const editor = driveEditor(apps);
  editor.press(...(places[name] ?? []));
  const failure = responded(403, { message: "No." });
  if (name === "results") editor.happen({ kind: "patchFailed", appId: sampleId(0), failure });
  const change = loggedChange({
    appId: sampleId(0),
    before: { failedDeviceCount: 16 },
    after: { failedDeviceCount: 17 },
  });
  if (name === "history")
    editor.happen({ kind: "historyRead", generation: 1, changes: [change], hasMore: false });
  const changed = listedApp(0, "Alpha", { failedDeviceCount: 99 }, 'W/"9"');
  if (name === "conflict") editor.read("refresh", changed);
  if (name === "drafts") editor.happen({ kind: "draftsFound", drafts: [foundDraft], newer: [], broken: [] });
  expect(editor.state().screen.name).toBe(name);
  return editor;
}

const foundDraft: FoundDraft = {
  key: `${sampleId(0)}.json`,
  savedAt: 990_000,
  draft: {
    app: listedApp(0, "Alpha"),
    readAt: 900_000,
    edits: { failedDeviceCount: 8 },
    leftOut: false,
    wasOvertaken: false,
    contested: {},
    pending: undefined,
  },
};

/** What a key makes of the editor, but for what every event changes. */
function after(name: string, keys: readonly string[]): EditorState {
  const editor = open(name);
  editor.press(...keys);
  return { ...editor.state(), eventCount: 0, pressedAt: 0 };
}

const typed = [
  ...graphemes("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ /?!.,;'"),
  ..."enter escape tab backspace delete".split(" "),
  // Ctrl-C ends programs everywhere.
  ...graphemes("abdefghijklmnopqrstuvwxyz").map((letter) => `ctrl-${letter}`),
];

// Where the filter, an entry or a token is typed a colon is text, and the keys are those of text.
test.each(Object.keys(places))(
  "in %s each key that does something, and does not only move, has a command",
  (name) => {
    const editor = open(name);
    const { screen } = editor.state();
    editor.press(":");
    const palette = editor.state().screen;
    if (palette.name !== "palette") throw new Error(`The screen is ${palette.name}.`);
    const done = paletteCommands(editor.state(), palette, unicodeGlyphs).map(({ keys }) => after(name, keys));
    const isUnused = (key: string): boolean => {
      const told = after(name, [key]).notice?.text;
      const unused = name === "sort" ? after(name, ["z"]) : unusedKey(open(name).state(), key).state;
      return told !== undefined && told === unused.notice?.text;
    };
    const moves = (key: string): boolean =>
      stepOf(key, 1) !== undefined || (name === "counters" && key === "tab");
    const missing = typed.filter(
      (key) =>
        !moves(key) && !isUnused(key) && !done.some((state) => isDeepStrictEqual(state, after(name, [key]))),
    );
    expect(missing, `on ${screen.name}`).toEqual([]);
  },
);

/** What every event changes, and what opening the palette has set back. */
const always = { eventCount: 0, pressedAt: 0, now: 0, uptime: 0, notice: undefined };

/** The commands of a state, each with whether it does something, or says what it waits for. */
function idleCommands(state: EditorState): readonly string[] {
  const { now, uptime } = state;
  const press = (before: EditorState, key: string): Transition =>
    reduce(before, { kind: "key", key, now, uptime });
  const opened = press(state, ":").state;
  const { screen } = opened;
  if (screen.name !== "palette") return [];
  return paletteCommands(opened, screen, unicodeGlyphs).flatMap(({ label, keys }, line) => {
    const { state: done, effects } = press({ ...opened, screen: { ...screen, line } }, "enter");
    const told = done.notice?.text;
    const closed = { ...opened, ...always, screen: screen.back };
    const isChanged = effects.length > 0 || !isDeepStrictEqual({ ...done, ...always }, closed);
    const unused = unusedKey({ ...opened, screen: screen.back }, keys.at(-1) ?? "").state.notice?.text;
    return (isChanged || told !== undefined) && told !== unused ? [] : [`${screen.back.name}: ${label}`];
  });
}

/** A review whose last line a reading has taken. */
function openEmptied(): EditorDriver {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "s", "R");
  editor.read("refresh", listedApp(0, "Alpha", { failedDeviceCount: 8 }, 'W/"8"'));
  return editor;
}

test("in every state each command that is listed changes something, or says what it waits for", () => {
  for (const name of Object.keys(places)) expect(idleCommands(open(name).state())).toEqual([]);
  const waiting = driveEditor(apps);
  waiting.press("H");
  for (const editor of [driveEmptyEditor(), driveEditor([]), openEmptied(), waiting])
    expect(idleCommands(editor.state())).toEqual([]);
  fc.assert(
    fc.property(runs, (steps) => {
      const end = play(steps, () => {});
      // A question, or what is typed, takes all keys.
      expect(idleCommands(end)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("a review without a line lists what its keys do", () => {
  const editor = openEmptied();
  editor.press(":");
  expect(labels(editor)).toEqual([
    "Undo the last edit (u)",
    "Redo what was undone (Ctrl-R)",
    "Keys (?)",
    "Back (Esc)",
    "Quit (q)",
    "Suspend (Ctrl-Z)",
    "Redraw (Ctrl-L)",
  ]);
});

test("text that finds nothing says so, and Esc, or Backspace before the first letter, closes it", () => {
  const editor = driveEditor(apps);
  editor.press("right", ":");
  editor.type("zzqq");
  expect(labels(editor)).toEqual([]);
  editor.press("enter");
  expect(editor.state().notice?.text).toBe("No command matches: Backspace, or Esc.");
  editor.press("ctrl-u");
  expect(labels(editor).length).toBeGreaterThan(5);
  editor.press("backspace");
  expect(editor.state().screen.name).toBe("counters");
  editor.press(":", "escape");
  expect(editor.state().screen.name).toBe("counters");
});

test("while text is typed a colon is text", () => {
  const editor = driveEditor(apps);
  editor.press("/");
  editor.type("platform:ios");
  expect(editor.state().list.filterText).toBe("platform:ios");
});

test("what becomes of a change while the palette is open is in the results below it", () => {
  const editor = driveEditor(apps);
  editor.press("right", "8", "enter", "s", "y");
  editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: responded(403, { message: "No." }) });
  editor.press("R", ":");
  editor.read("refresh", listedApp(0, "Alpha", { failedDeviceCount: 8 }, 'W/"8"'));
  editor.press("escape");
  const { screen } = editor.state();
  expect(screen.name === "results" && screen.sending.items[0]?.status.kind).toBe("sent");
});

test.each([
  [":", "xyz", ["choose", "run"]],
  ["/", "xyzxyz", ["app"]],
])("where %s%s finds nothing the footer names no key that needs something found", (key, text, words) => {
  const editor = driveEditor([listedApp(0)]);
  const footer = (): string => drawEditor(editor.state()).at(-1) ?? "";
  editor.press(key);
  for (const word of words) expect(footer()).toMatch(new RegExp(` ${word}\\b`));
  editor.type(text);
  for (const word of words) expect(footer()).not.toMatch(new RegExp(` ${word}\\b`));
  expect(footer()).toContain("Esc");
});
