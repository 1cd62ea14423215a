import { applyPatch } from "@install-summary/core";
import type { ChangeRecord } from "@install-summary/core/client";
import { describe, expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { driveEditor, large, type EditorDriver } from "../../test/editor-driver.ts";
import { responded, timedOut } from "../../test/failures.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import type { KnownApp } from "../words/known-app.ts";
import { reduce } from "./reduce.ts";

// What became of a change may be known while others are still being sent. All that tells of it then says the same as if it had
// become known once all of them have ended.

const names = ["Open", "Slow", "Other"] as const;

function app(place: number, failedDeviceCount: number, version: number): KnownApp {
  return listedApp(place, names[place] ?? "", { failedDeviceCount }, `W/"${version}"`);
}

function fails(editor: EditorDriver, place: number, failure = responded(503)): void {
  editor.happen({ kind: "patchFailed", appId: sampleId(place), failure });
}

function acknowledged(editor: EditorDriver, place: number): void {
  const { id, installSummary } = app(place, 1000, 1);
  const summary = applyPatch(installSummary, { failedDeviceCount: 1001 });
  editor.happen({ kind: "patchAcknowledged", appId: id, summary, etag: 'W/"2"' });
}

interface End {
  readonly end: string;
  /** Leaves the first change open, while the second is on its way. */
  readonly leaveOpen: (editor: EditorDriver) => void;
  /** How many of the other two are applied. */
  readonly applied: number;
}

const ends: readonly [End, ...End[]] = [
  {
    end: "Esc was pressed",
    leaveOpen(editor) {
      acknowledged(editor, 2);
      fails(editor, 0);
      editor.press("escape");
    },
    applied: 2,
  },
  {
    end: "another was refused with 403",
    leaveOpen(editor) {
      fails(editor, 0);
      fails(editor, 2, responded(403));
    },
    applied: 1,
  },
  {
    end: "reading it has failed to the end",
    leaveOpen(editor) {
      acknowledged(editor, 2);
      fails(editor, 0, timedOut);
      for (const seconds of [1, 2, 4, 8]) {
        editor.wait(seconds);
        editor.happen({ kind: "readFailed", purpose: "look", appId: sampleId(0), failure: timedOut });
      }
    },
    applied: 2,
  },
];

interface Outcome {
  readonly what: string;
  readonly now: KnownApp;
  readonly record?: ChangeRecord;
  readonly by: "refresh" | "newer";
  /** What both have changed is shown first. */
  readonly isContested?: true;
  readonly says: string;
  readonly isStaged: boolean;
  /** Whether `C` copies what undoes it, and `U` takes it back. */
  readonly isUndone: boolean;
}

const valuesTell = {
  what: "applied, as the values tell",
  now: app(0, 1001, 2),
  says: "Reading it again shows your values: the change counts as applied",
  isStaged: false,
  isUndone: true,
};
const logTells = {
  what: "applied, as the log tells",
  now: app(0, 1001, 3),
  record: "applied",
  says: "Reading it again shows: the change was applied.",
  isStaged: false,
  isUndone: true,
} as const;
const changedSince = {
  what: "applied and changed since",
  now: app(0, 2000, 3),
  record: "applied",
  says: "The change was applied. Since then",
  isStaged: false,
  isUndone: false,
} as const;
const readSince = {
  by: "refresh",
  isContested: true,
  says: "Read again: version 2. s shows what would be sent.",
  isStaged: true,
  isUndone: false,
} as const;

const outcomes: readonly Outcome[] = [
  { ...valuesTell, by: "refresh" },
  { ...valuesTell, by: "newer" },
  { ...logTells, by: "refresh" },
  { ...logTells, by: "newer" },
  { ...changedSince, by: "refresh" },
  { ...changedSince, by: "newer" },
  {
    what: "not applied so far",
    now: app(0, 1000, 1),
    by: "refresh",
    says: "so the change was not applied so far.",
    isStaged: true,
    isUndone: false,
  },
  {
    what: "not applied, since another came first",
    now: app(0, 2000, 2),
    record: "notApplied",
    by: "newer",
    says: "The change log has another change in its place, so it was not applied.",
    isStaged: true,
    isUndone: false,
  },
  {
    ...readSince,
    what: "not applied, since another came first",
    now: app(0, 2000, 2),
    record: "notApplied",
  },
  {
    what: "not applied, with the same values by another change",
    now: app(0, 1001, 2),
    record: "notApplied",
    by: "newer",
    says: "these values are there, and nothing is left to send.",
    isStaged: false,
    isUndone: false,
  },
  {
    what: "changed by someone else",
    now: app(0, 2000, 2),
    by: "newer",
    says: "Your change may have been applied before that.",
    isStaged: true,
    isUndone: false,
  },
  { ...readSince, what: "changed by someone else", now: app(0, 2000, 2) },
];

type When = "before" | "after";

/** The editor once all has ended, and it became known what became of the open change: before or after the rest has ended. */
function ended({ leaveOpen }: End, { by, now, record }: Outcome, when: When, over?: string): EditorDriver {
  const apps = [0, 1, 2].map((place) => app(place, 1000, 1));
  const editor = driveEditor(apps, large);
  editor.press("o", "m", "home");
  for (const _ of names) {
    editor.press("right");
    editor.happen({ kind: "paste", text: '{"failedDeviceCount":1001}' });
    editor.press("escape", "down");
  }
  editor.press("s", "y");
  leaveOpen(editor);
  if (when === "after") acknowledged(editor, 1);
  if (over !== undefined) editor.press(over);
  expect(editor.state().screen.name === "sending").toBe(when === "before");
  editor.read(by, now, { record });
  if (over !== undefined) editor.press("escape");
  if (when === "before") acknowledged(editor, 1);
  return editor;
}

/** The same in the results, on the open change: what both have changed is left. */
function settled(end: End, outcome: Outcome, when: When, over?: string): EditorDriver {
  const editor = ended(end, outcome, when, over);
  if (editor.state().screen.name === "conflict") editor.press("escape");
  editor.press("home");
  for (const _ of names) if (currentId(editor) !== sampleId(0)) editor.press("down");
  expect(currentId(editor)).toBe(sampleId(0));
  editor.effects();
  return editor;
}

function currentId(editor: EditorDriver): string | undefined {
  const { screen } = editor.state();
  return screen.name === "results" ? screen.sending.items[screen.line]?.app.id : undefined;
}

/** The screen as one text, its rows joined, so that sentences are whole. */
function shown(editor: EditorDriver): string {
  return drawEditor(editor.state())
    .map((row) => row.trim())
    .join(" ");
}

/** What a key of the results comes to: what is shown of it, what is staged, and what is asked for or copied. */
function pressed(editor: EditorDriver, key: string): object {
  const state = editor.state();
  const next = reduce(state, { kind: "key", key, now: state.now, uptime: state.uptime });
  const { screen, staging, notice, question, applied, list } = next.state;
  const effects = next.effects.map((effect) => ({ ...effect, askedAt: undefined }));
  return { screen, staged: staging.apps, notice, question, applied, apps: list.apps, effects };
}

const keys = ["up", "R", "C", "c", "U", "u", "s", "h", "enter", "escape"] as const;

describe.each(
  ends.flatMap((end) => outcomes.map((outcome) => ({ ...end, ...outcome, which: { end, outcome } }))),
)("where $end, and $by tells that it was $what", ({ which: { end, outcome } }) => {
  test("the results tell it, C and U leave it out or not, and what waits is staged", () => {
    const editor = settled(end, outcome, "before");
    expect(shown(editor)).toContain(outcome.says);
    expect(shown(editor)).not.toContain("was not read again");
    expect(editor.state().staging.apps.has(sampleId(0))).toBe(outcome.isStaged);
    editor.press("C");
    const copied = editor.effects().flatMap((effect) => (effect.kind === "copy" ? [effect.text] : []));
    expect(copied.join("\n").includes(sampleId(0))).toBe(outcome.isUndone);
    expect(copied.join("\n").split("\n")).toHaveLength(end.applied + (outcome.isUndone ? 1 : 0));
    editor.press("escape", "U");
    const takenBack = editor.state().staging.apps.get(sampleId(0))?.takesBack;
    expect(takenBack !== undefined).toBe(outcome.isUndone);
  });

  test.each<When>(["before", "after"])(
    "known %s the rest has ended: what both changed is shown first",
    (when) => {
      const { screen } = ended(end, outcome, when).state();
      expect(screen.name).toBe(outcome.isContested === true ? "conflict" : "results");
    },
  );

  test("each key does the same as where it became known afterwards", () => {
    const [early, late] = [settled(end, outcome, "before"), settled(end, outcome, "after")];
    expect(drawEditor(early.state())).toEqual(drawEditor(late.state()));
    for (const key of keys) expect({ key, ...pressed(early, key) }).toEqual({ key, ...pressed(late, key) });
  });
});

describe.each(outcomes)("$by tells that it was $what", (outcome) => {
  const [end] = ends;

  test.each(["h", "?"])("%s over the results, they are the same afterwards", (key) => {
    const [over, there] = [true, false].map((isOver) => {
      const editor = settled(end, outcome, "after", isOver ? key : undefined);
      editor.press("up", "down");
      return { rows: drawEditor(editor.state()), report: pressed(editor, "c") };
    });
    expect(over).toEqual(there);
  });
});

test.each(["h", "?"])("%s over the results: what sending came to is still said once the log tells", (key) => {
  const editor = driveEditor([app(0, 1000, 1)], large);
  editor.press("right", "+", "1", "enter", "s", "y");
  fails(editor, 0);
  editor.press("escape");
  editor.read("newer", app(0, 2000, 3));
  expect(shown(editor)).toContain("Your change may have been applied before that.");
  editor.press(key);
  editor.read("newer", app(0, 2000, 3), { record: "applied" });
  editor.press("escape");
  expect(shown(editor)).toContain("The server responded 503: no. The change was applied. Since then");
});
