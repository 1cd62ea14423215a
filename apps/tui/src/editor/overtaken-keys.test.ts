import type { CounterEdit, CounterName, InstallSummaryEdit } from "@install-summary/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { driveEditor, type EditorDriver } from "../../test/editor-driver.ts";
import { timedOut } from "../../test/failures.ts";
import { loggedChange } from "../../test/logged-change.ts";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { currentConflict } from "./model/conflicts.ts";
import { decisionsOf } from "./model/staging.ts";

// Whatever the person does between a change that others have overtaken and the log that tells what became of it: what was
// typed last is what is staged, whatever its number, and what was sent counts once.

const keysTo = {
  failedDeviceCount: ["right"],
  failedUserCount: ["right", "right"],
  notApplicableDeviceCount: ["right", "down"],
} as const;
type Name = keyof typeof keysTo;
const names = ["failedDeviceCount", "failedUserCount", "notApplicableDeviceCount"] as const;

/** What was sent on 499 and 1; others have set 650 and 3 since. */
const sent: InstallSummaryEdit = { failedDeviceCount: { add: 100 }, failedUserCount: 7 };
const isThere: { readonly [Key in Name]: number } = {
  failedDeviceCount: 650,
  failedUserCount: 3,
  notApplicableDeviceCount: 20,
};

/** `kept` is an edit as it was sent, which the person has not touched since. */
type Known = { readonly [Key in Name]: CounterEdit | "kept" | undefined };
const keptBefore: Known = {
  failedDeviceCount: "kept",
  failedUserCount: "kept",
  notApplicableDeviceCount: undefined,
};

const name = fc.constantFrom(...names);
const value = fc.constantFrom(3, 7, 9, 20, 499, 599, 650, 749);
const anyDeed = fc.oneof(
  fc.record({ kind: fc.constant("type" as const), name, value }),
  fc.record({ kind: fc.constant("paste" as const), name, value }),
  fc.record({ kind: fc.constant("add" as const), name, value: fc.constantFrom(5, 51) }),
  fc.record({ kind: fc.constant("revert" as const), name }),
  fc.record({ kind: fc.constantFrom("m" as const, "t" as const) }),
  fc.record({ kind: fc.constantFrom("undo" as const, "redo" as const) }),
  fc.record({ kind: fc.constantFrom("R" as const, "live" as const) }),
);
type Deed = typeof anyDeed extends fc.Arbitrary<infer One> ? One : never;

/** An editor, and what a person who remembers each key would say is staged in it. */
class Memory {
  readonly editor: EditorDriver;
  known: Known = keptBefore;
  done: Known[] = [];
  undone: Known[] = [];
  version = 6;

  constructor() {
    this.editor = driveEditor([app(4, { failedDeviceCount: 499, failedUserCount: 1 })]);
    this.editor.press("right", "+", "1", "0", "0", "enter", "up", "right", "7", "enter", "s", "y");
    this.editor.happen({ kind: "patchFailed", appId: sampleId(0), failure: timedOut });
    this.editor.wait(1);
    this.editor.read("look", app(6));
    this.editor.press("escape", "escape");
  }

  steps(): number {
    return this.editor.state().staging.done.length;
  }
}

function app(version: number, more: object = {}): ReturnType<typeof listedApp> {
  return listedApp(0, "App", { ...isThere, ...more }, `W/"${version}"`);
}

function baseOf({ editor }: Memory, one: Name): number {
  const { staging, list } = editor.state();
  return (staging.apps.get(sampleId(0))?.app ?? list.apps[0])?.installSummary[one] ?? 0;
}

function decide(memory: Memory, one: CounterName, edit: CounterEdit | undefined, deed: () => void): void {
  const before = memory.steps();
  deed();
  if (memory.steps() === before) return;
  memory.done.push(memory.known);
  memory.undone = [];
  memory.known = { ...memory.known, [one]: edit };
}

function toList({ editor }: Memory): void {
  editor.press("escape", "escape", "escape", "escape");
  expect(editor.state().screen.name).toBe("list");
}

function act(memory: Memory, deed: Deed): void {
  const { editor } = memory;
  if (deed.kind === "m" || deed.kind === "t") {
    const { screen, staging } = editor.state();
    const row = screen.name === "conflict" ? currentConflict(staging, screen.line) : undefined;
    if (row?.kind !== "open") return;
    decide(memory, row.counter, deed.kind === "m" ? row.mine : undefined, () => editor.press(deed.kind));
    return;
  }
  toList(memory);
  switch (deed.kind) {
    case "type":
    case "paste": {
      // The value of the version that the edits are on is an edit where others have set another one.
      const isThereToo = deed.value === baseOf(memory, deed.name) && deed.value === isThere[deed.name];
      const edit = isThereToo ? undefined : deed.value;
      editor.press(...keysTo[deed.name]);
      const text = JSON.stringify({ [deed.name]: deed.value });
      decide(memory, deed.name, edit, () => {
        if (deed.kind === "paste") return editor.happen({ kind: "paste", text });
        editor.type(String(deed.value));
        editor.press("enter");
      });
      return;
    }
    case "add":
      editor.press(...keysTo[deed.name]);
      decide(memory, deed.name, { add: deed.value }, () => {
        editor.type(`+${deed.value}`);
        editor.press("enter");
      });
      return;
    case "revert":
      editor.press(...keysTo[deed.name]);
      decide(memory, deed.name, undefined, () => editor.press("x"));
      return;
    case "undo":
      return restore(memory, memory.done, memory.undone, "u");
    case "redo":
      return restore(memory, memory.undone, memory.done, "ctrl-r");
    case "R":
      return readAgain(memory);
    case "live":
      memory.version += 1;
      editor.happen({
        kind: "followed",
        followed: {
          kind: "changes",
          changes: [
            loggedChange({
              version: memory.version,
              before: { installedUserCount: 1 },
              after: { installedUserCount: 2 },
            }),
          ],
          areNew: true,
        },
      });
      editor.read("newer", app(memory.version));
  }
}

/** R, as a person does it: what is there already is staged no more, which is a step. */
function readAgain(memory: Memory, more: object = {}): void {
  const before = memory.steps();
  memory.editor.press("R");
  memory.editor.read("refresh", app(memory.version), more);
  if (memory.steps() === before) return;
  memory.done.push(memory.known);
  memory.undone = [];
  for (const one of names) {
    if (memory.known[one] === isThere[one]) memory.known = { ...memory.known, [one]: undefined };
  }
}

function restore(memory: Memory, from: Known[], to: Known[], key: string): void {
  memory.editor.press(key);
  const known = from.pop();
  if (known === undefined) return;
  to.push(memory.known);
  memory.known = known;
}

/** What is to be sent, once the log has told. */
function wanted(known: Known, record: "applied" | "notApplied"): InstallSummaryEdit {
  return Object.fromEntries(
    names.flatMap((one): readonly (readonly [Name, CounterEdit])[] => {
      const told = record === "applied" ? undefined : sent[one];
      const edit = known[one] === "kept" ? told : known[one];
      return edit === undefined || edit === isThere[one] ? [] : [[one, edit]];
    }),
  );
}

function stagedIn({ editor }: Memory): InstallSummaryEdit {
  return editor.state().staging.apps.get(sampleId(0))?.edits ?? {};
}

function tell(memory: Memory, record: "applied" | "notApplied"): void {
  toList(memory);
  readAgain(memory, { record });
}

describe.each(["applied", "notApplied"] as const)("a log that tells %s", (record) => {
  test("finds what the person typed last", () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 12 }), (deeds) => {
        const memory = new Memory();
        for (const deed of deeds) act(memory, deed);
        tell(memory, record);
        expect(decisionsOf(stagedIn(memory))).toEqual(decisionsOf(wanted(memory.known, record)));
        // No step that is left brings anything else back.
        const possible = [memory.known, ...memory.done].map((known) => wanted(known, record));
        for (let left = memory.steps() - 1; left >= 0; left -= 1) {
          memory.editor.press("u");
          tell(memory, record);
          expect(possible).toContainEqual(stagedIn(memory));
          // The reading is a step where it found a value there already.
          while (memory.steps() > left) memory.editor.press("u");
        }
      }),
      { numRuns: 200 },
    );
  });
});
