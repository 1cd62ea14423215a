import { isDeepStrictEqual } from "node:util";
import { applyPatch, counterNames, type InstallSummaryPatch } from "@install-summary/core";
import * as fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { drawEditor } from "../../test/draw-editor.tsx";
import { play, runs, type Moment, type Step } from "../../test/editor-runs.ts";
import { currentApp, findApp } from "./model/app-list.ts";
import { editedCounters, editedSummary } from "./model/edit.ts";
import type { EditorState } from "./model/editor-state.ts";
import { requestsOf } from "./model/review.ts";
import { redoStep, undoStep } from "./model/undo-steps.ts";

// What must hold whatever happens, in whichever order.

/** What is wrong in the moments of a run. */
function problemsIn(
  steps: readonly Step[],
  problemsOf: (moment: Moment) => readonly string[],
): readonly string[] {
  const problems: string[] = [];
  play(steps, (moment) => problems.push(...problemsOf(moment)));
  return problems;
}

const often = { numRuns: 100 };

function equal(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

/** Every staged edit, by app and counter. */
function editsIn({ staging }: EditorState): readonly string[] {
  return [...staging.apps.values()].flatMap(({ app, edits }) =>
    editedCounters(edits).map((name) => `${app.id} ${name}`),
  );
}

function isPendingIn({ staging }: EditorState, edit: string): boolean {
  return staging.apps.get(edit.split(" ")[0] ?? "")?.pending !== undefined;
}

/** Whether the list has the value that an edit would make. */
function isThereIn(before: EditorState, after: EditorState, edit: string): boolean {
  const [appId = ""] = edit.split(" ");
  const staged = before.staging.apps.get(appId);
  const now = findApp(after.list, appId);
  if (staged === undefined || now === undefined) return false;
  const wanted = editedSummary(staged.app.installSummary, staged.edits);
  return counterNames.some(
    (name) => edit === `${appId} ${name}` && wanted[name] === now.installSummary[name],
  );
}

const takesBack = new Set(["u", "ctrl-r", "x", "delete", "d", "enter", "down", "up", "tab", "shift-tab"]);

test("a staged edit goes away only by a person who takes it back, or by a send that is settled", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const problems = problemsIn(steps, ({ before, event, after }) => {
        const now = new Set(editsIn(after));
        const gone = editsIn(before).filter((edit) => !now.has(edit));
        if (gone.length === 0 || ["paste", "patchAcknowledged", "appRead"].includes(event.kind)) return [];
        // The list shows that a change was applied which no response had confirmed.
        if (event.kind === "pageLoaded" && gone.every((edit) => isPendingIn(before, edit))) return [];
        // R has read the list, and it has these values already.
        if (event.kind === "listLoaded" && gone.every((edit) => isThereIn(before, after, edit))) return [];
        if (event.kind !== "key") return [`${event.kind} took away ${gone.join(", ")}`];
        const isDrop = event.key === "y" && before.question?.kind === "drop";
        // Enter in the palette may run the command that undoes, and in the table of conflicts decide for their value.
        const places = ["list", "counters", "entry", "review", "palette", "conflict"];
        const isThere = places.includes(before.screen.name);
        const isTheirs = before.screen.name === "conflict" && ["t", "T"].includes(event.key);
        return isDrop || isTheirs || (isThere && takesBack.has(event.key))
          ? []
          : [`${event.key} took away ${gone.join(", ")}`];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("a patch is sent only after y in the review, exactly as it was shown, with the If-Match that was shown", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      let shown: readonly string[] = [];
      const problems = problemsIn(steps, ({ before, event, effects }) => {
        const isOrder = event.kind === "key" && event.key === "y" && before.screen.name === "review";
        if (isOrder) shown = requestsOf(before).map(({ app, patch }) => inWords(app.id, patch, app.etag));
        return effects.flatMap((effect) => {
          if (effect.kind !== "sendPatch") return [];
          const words = inWords(effect.appId, effect.patch, effect.ifMatch);
          const isDue = isOrder || before.screen.name === "sending";
          return isDue && shown.includes(words) ? [] : [`sent ${words}, shown was ${shown.join(" ")}`];
        });
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("at most one reading of a newer version of an app is on its way, and only then it is marked as being read", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      let open: ReadonlySet<string> = new Set();
      const problems = problemsIn(steps, ({ event, after, effects }) => {
        const left = new Set(open);
        if (event.kind === "appRead" && event.purpose === "newer") left.delete(event.app.id);
        if (event.kind === "readFailed" && event.purpose === "newer") left.delete(event.appId);
        const asked = effects.flatMap((effect) =>
          effect.kind === "readApp" && effect.purpose === "newer" ? [effect.appId] : [],
        );
        const twice = asked.filter((id, index) => left.has(id) || asked.indexOf(id) !== index);
        open = new Set([...left, ...asked]);
        const marked = [...after.live.reading].toSorted().join(" ");
        const isRight = marked === [...open].toSorted().join(" ");
        return [...twice.map((id) => `${id} is read twice`), ...(isRight ? [] : [`marked are ${marked}`])];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("at most one patch of an app is on its way, and four of all", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      let open: ReadonlySet<string> = new Set();
      const problems = problemsIn(steps, ({ event, effects }) => {
        const left = new Set(open);
        if (event.kind === "patchAcknowledged" || event.kind === "patchFailed") left.delete(event.appId);
        const started = effects.flatMap((effect) => (effect.kind === "sendPatch" ? [effect.appId] : []));
        const twice = started.filter((appId, index) => left.has(appId) || started.indexOf(appId) !== index);
        open = new Set([...left, ...started]);
        return [...twice, ...(open.size > 4 ? [`${open.size} at once`] : [])];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("a patch is minimal and makes of its base what the review showed", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const problems = problemsIn(steps, ({ after }) =>
        requestsOf(after).flatMap(({ app, patch }) => {
          const wanted = editedSummary(app.installSummary, after.staging.apps.get(app.id)?.edits ?? {});
          const idle = counterNames.filter((name) => patch[name] === app.installSummary[name]);
          const isRight = equal(applyPatch(app.installSummary, patch), wanted);
          return isRight && idle.length === 0 && editedCounters(patch).length > 0
            ? []
            : [JSON.stringify(patch)];
        }),
      );
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("undo gives what was staged before a staged edit, redo what was staged after it", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const problems = problemsIn(steps, ({ before, event, after }) => {
        const isEdit = event.kind === "paste" || (event.kind === "key" && event.key !== "ctrl-r");
        if (!isEdit || after.staging.done.length !== before.staging.done.length + 1) return [];
        const back = undoStep(after.staging)?.staging;
        const again = back && redoStep(back)?.staging;
        return [
          ...(equal(back?.apps, before.staging.apps) ? [] : ["undo gives something else"]),
          ...(equal(again?.apps, after.staging.apps) ? [] : ["redo gives something else"]),
        ];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("filter, sort and the app under the cursor survive whatever the server says, and resizes", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const problems = problemsIn(steps, ({ before, event, after }) => {
        if (event.kind === "key" || event.kind === "paste") return [];
        const { apps: all, rows, cursorId, cursorRow } = after.list;
        const isShown = rows.some((place) => all[place]?.id === cursorId);
        const isOnIt = all[rows[cursorRow] ?? -1]?.id === cursorId;
        const isKept = equal(kept(before), kept(after)) && (isOnIt || !isShown);
        return isKept ? [] : [`${event.kind} moved ${JSON.stringify([kept(before), kept(after)])}`];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("nothing that a server says puts the person before the counters of another app", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const problems = problemsIn(steps, ({ before, event, after }) => {
        if (event.kind === "key" || after.screen.name !== "counters") return [];
        const isSame = currentApp(before.list)?.id === currentApp(after.list)?.id;
        return isSame ? [] : [`${event.kind} led to another app`];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("what is typed into an entry stays until a key of the person", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const problems = problemsIn(steps, ({ before, event, after }) => {
        if (before.screen.name !== "entry" || event.kind === "key" || event.kind === "paste") return [];
        return equal(before.screen, after.screen) ? [] : [`${event.kind} changed the entry`];
      });
      expect(problems).toEqual([]);
    }),
    often,
  );
});

test("every state fits into its terminal and shows no control character", () => {
  fc.assert(
    fc.property(runs, (steps) => {
      const state = play(steps, () => {});
      const rows = drawEditor(state);
      expect(rows.length).toBeLessThanOrEqual(state.size.rows);
      expect(rows.filter((row) => stringWidth(row) > state.size.columns)).toEqual([]);
      expect(rows.join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    }),
    often,
  );
});

/** What only a person changes about the list. */
function kept({ list }: EditorState): unknown {
  return [list.filterText, list.sort, list.failuresOnly, list.cursorId];
}

function inWords(appId: string, patch: InstallSummaryPatch, ifMatch: string | undefined): string {
  return JSON.stringify([appId, patch, ifMatch]);
}
