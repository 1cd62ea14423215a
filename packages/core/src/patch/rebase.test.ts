import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { edits, patches, relativeEdits, sampleSummary, summaries } from "../../test/samples.ts";
import { counterMaximum, counterNames, type CounterName } from "../resource/counters.ts";
import type { InstallSummaryEdit } from "./edit.ts";
import { isGraphError, type GraphError } from "../http/graph-error.ts";
import type { InstallSummary, InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch, diff } from "./decide-patch.ts";
import { invert, rebase } from "./rebase.ts";

const base = sampleSummary({ failedDeviceCount: 32, pendingInstallUserCount: 5 });

describe("an edit is carried onto another version", () => {
  test("it holds when others changed other counters", () => {
    const theirs = { ...base, installedDeviceCount: 4412 };
    expect(rebase(base, { failedDeviceCount: 30 }, theirs)).toEqual({
      patch: { failedDeviceCount: 30 },
      conflicts: [],
    });
  });

  test("nothing is left to do when they set the same value", () => {
    const theirs = { ...base, failedDeviceCount: 30 };
    expect(rebase(base, { failedDeviceCount: 30 }, theirs)).toEqual({ patch: {}, conflicts: [] });
  });

  test("it conflicts when they set another value, and the other counters go through", () => {
    const theirs = { ...base, failedDeviceCount: 18 };
    expect(rebase(base, { failedDeviceCount: 30, failedUserCount: 2 }, theirs)).toEqual({
      patch: { failedUserCount: 2 },
      conflicts: [{ counter: "failedDeviceCount", base: 32, mine: 30, theirs: 18, reason: "changed" }],
    });
  });

  test("a value equal to its base is not mine: what others made of it stays, without a conflict", () => {
    const theirs = { ...base, failedDeviceCount: 18 };
    expect(rebase(base, { failedDeviceCount: 32 }, theirs)).toEqual({ patch: {}, conflicts: [] });
    expect(rebase(base, { ...base, failedUserCount: 3 }, theirs)).toEqual({
      patch: { failedUserCount: 3 },
      conflicts: [],
    });
  });

  test("two people of whom one sets and one adds get the sum", () => {
    const theirs = { ...base, pendingInstallUserCount: 100 };
    const { patch } = rebase(base, { pendingInstallUserCount: { add: 5 } }, theirs);
    expect(patch).toEqual({ pendingInstallUserCount: 105 });
  });

  test("its own id in another case is the same id", () => {
    const mine: InstallSummaryEdit = Object.assign({ failedUserCount: 3 }, { id: base.id.toUpperCase() });
    expect(rebase(base, mine, base).patch).toEqual({ failedUserCount: 3 });
  });

  test("a conflict holds a copy of the edit", () => {
    const mine = { failedUserCount: { add: -99 } };
    const { conflicts } = rebase(base, mine, base);
    mine.failedUserCount.add = 0;
    expect(conflicts).toMatchObject([{ mine: { add: -99 } }]);
  });

  test("two people who add 5 and 3 make 8", () => {
    const theirs = { ...base, pendingInstallUserCount: 5 + 3 };
    const { patch } = rebase(base, { pendingInstallUserCount: { add: 5 } }, theirs);
    expect(applyPatch(theirs, patch).pendingInstallUserCount).toBe(5 + 8);
  });

  test.each([
    [{ add: -6 }, 5],
    [{ add: 1 }, counterMaximum],
  ])("%j on %i leaves the range", (mine, there) => {
    const theirs = { ...base, pendingInstallUserCount: there };
    expect(rebase(base, { pendingInstallUserCount: mine }, theirs)).toEqual({
      patch: {},
      conflicts: [{ counter: "pendingInstallUserCount", base: 5, mine, theirs: there, reason: "range" }],
    });
  });

  test("onto its own base it is the patch that it means there", () => {
    expect(rebase(base, { failedDeviceCount: { add: -2 }, failedUserCount: 15 }, base)).toEqual({
      patch: { failedDeviceCount: 30 },
      conflicts: [],
    });
  });
});

test("-0 becomes 0", () => {
  const { patch } = rebase(base, { failedDeviceCount: -0, failedUserCount: { add: -0 } }, base);
  expect(patch).toStrictEqual({ failedDeviceCount: 0 });
});

describe("an invalid edit is an error with every fault", () => {
  test.each<[string, InstallSummaryEdit, readonly string[]]>([
    ["a value out of range", { failedDeviceCount: -1 }, ["failedDeviceCount"]],
    ["a fraction", { failedDeviceCount: 1.5 }, ["failedDeviceCount"]],
    ["a fraction to add", { failedDeviceCount: { add: 0.5 } }, ["failedDeviceCount"]],
    ["NaN to add", { failedDeviceCount: { add: Number.NaN } }, ["failedDeviceCount"]],
    ["an unknown counter", JSON.parse('{"failedDevicesCount":{"add":1}}'), ["failedDevicesCount"]],
    ["text", JSON.parse('{"failedUserCount":"4"}'), ["failedUserCount"]],
    ["null", JSON.parse('{"failedUserCount":null}'), ["failedUserCount"]],
    ["another object", JSON.parse('{"failedUserCount":{"plus":1}}'), ["failedUserCount"]],
    [
      "several faults",
      JSON.parse('{"failedUserCount":{"add":"1"},"__proto__":1,"failedDeviceCount":-1}'),
      ["failedUserCount", "__proto__", "failedDeviceCount"],
    ],
  ])("%s", (_what, edit, targets) => {
    const error = refusal(() => rebase(base, edit, base));
    expect(error.code).toBe("ModelValidationFailure");
    const { details, target } = error;
    expect(details.length === 0 ? [target] : details.map((detail) => detail.target)).toEqual(targets);
  });
});

describe("for all edits and summaries", () => {
  test("a value conflicts exactly when it is not that of its base and others left that for a third one", () => {
    fc.assert(
      fc.property(summaries, patches, summaries, (from, mine, theirs) => {
        const expected = counterNames
          .filter((name) => mine[name] !== undefined && mine[name] !== from[name])
          .filter((name) => theirs[name] !== from[name] && theirs[name] !== mine[name]);
        const { conflicts } = rebase(from, mine, theirs);
        expect(conflicts).toEqual(
          expected.map((counter) => ({
            counter,
            base: from[counter],
            mine: mine[counter],
            theirs: theirs[counter],
            reason: "changed",
          })),
        );
      }),
    );
  });

  test("a relative edit conflicts exactly when its sum leaves the range, whatever others did", () => {
    fc.assert(
      fc.property(summaries, relativeEdits, summaries, (from, mine, theirs) => {
        const expected = counterNames.filter((name) => {
          const sum = theirs[name] + addend(mine, name);
          return sum < 0 || sum > counterMaximum;
        });
        const { conflicts } = rebase(from, mine, theirs);
        expect(conflicts.map(({ counter, reason }) => [counter, reason])).toEqual(
          expected.map((name) => [name, "range"]),
        );
      }),
    );
  });

  test("the patch brings every counter without conflict to what is wanted, and is the smallest that does", () => {
    fc.assert(
      fc.property(summaries, edits, summaries, (from, mine, theirs) => {
        const { patch, conflicts } = rebase(from, mine, theirs);
        const after = applyPatch(theirs, patch);
        const open = conflicts.map(({ counter }) => counter);
        for (const name of counterNames) {
          const isMine = mine[name] !== from[name] && !open.includes(name);
          expect(after[name]).toBe(isMine ? wanted(mine, name, theirs) : theirs[name]);
        }
        expect(patch).toEqual(diff(theirs, after));
      }),
    );
  });

  test("an empty edit changes nothing (identity)", () => {
    fc.assert(
      fc.property(summaries, summaries, (from, theirs) => {
        expect(rebase(from, {}, theirs)).toEqual({ patch: {}, conflicts: [] });
      }),
    );
  });

  test("a whole summary is the edit of what differs from its base (three-way merge)", () => {
    fc.assert(
      fc.property(summaries, patches, summaries, (from, mine, theirs) => {
        const whole = applyPatch(from, mine);
        expect(rebase(from, whole, theirs)).toEqual(rebase(from, diff(from, whole), theirs));
        expect(rebase(from, mine, theirs)).toEqual(rebase(from, diff(from, whole), theirs));
      }),
    );
  });

  test("on its own base a patch stays what it is, as small as possible (identity)", () => {
    fc.assert(
      fc.property(summaries, patches, (from, mine) => {
        expect(rebase(from, mine, from)).toEqual({
          patch: diff(from, applyPatch(from, mine)),
          conflicts: [],
        });
      }),
    );
  });

  test("carrying a patch twice has the effect of once (idempotence)", () => {
    fc.assert(
      fc.property(summaries, patches, summaries, (from, mine, theirs) => {
        const { patch } = rebase(from, mine, theirs);
        const after = applyPatch(theirs, patch);
        expect(rebase(theirs, patch, after)).toEqual({ patch: {}, conflicts: [] });
      }),
    );
  });

  test("two patches in turn equal their union, the later one on top (composition)", () => {
    fc.assert(
      fc.property(summaries, patches, patches, (from, first, second) => {
        const inTurn = applyPatch(applyPatch(from, first), second);
        expect(inTurn).toEqual(applyPatch(from, { ...first, ...second }));
      }),
    );
  });

  test("a relative edit is added to the current value, whatever version it was made on", () => {
    fc.assert(
      fc.property(summaries, relativeEdits, summaries, summaries, (from, mine, between, theirs) => {
        expect(rebase(between, mine, theirs).patch).toEqual(rebase(from, mine, theirs).patch);
      }),
    );
  });

  test("changes of other counters can be made in either order (commutation)", () => {
    fc.assert(
      fc.property(summaries, patches, patches, (from, mine, others) => {
        const theirs = without(others, mine);
        const mineFirst = applyPatch(from, mine);
        const theirsFirst = applyPatch(from, theirs);
        const late = rebase(from, mine, theirsFirst);
        const early = rebase(from, theirs, mineFirst);
        expect([...late.conflicts, ...early.conflicts]).toEqual([]);
        expect(applyPatch(theirsFirst, late.patch)).toEqual(applyPatch(mineFirst, early.patch));
      }),
    );
  });

  test("relative edits can be made in either order while they stay in range", () => {
    const small = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(small, small, (mine, theirs) => {
        const from = sampleSummary({ failedDeviceCount: 100 });
        const one = { failedDeviceCount: { add: mine } };
        const other = { failedDeviceCount: { add: theirs } };
        expect(editInTurn(from, one, other)).toEqual(editInTurn(from, other, one));
        expect(editInTurn(from, one, other).failedDeviceCount).toBe(100 + mine + theirs);
      }),
    );
  });
});

describe("undoing a change", () => {
  const change = {
    before: { failedDeviceCount: 16, pendingInstallUserCount: 270 },
    after: { failedDeviceCount: 8, pendingInstallUserCount: 272 },
  };
  const changed = sampleSummary(change.after);

  test("is the inverse change", () => {
    expect(invert(change, changed)).toEqual({ patch: change.before, conflicts: [] });
  });

  test("keeps what others changed elsewhere, and names what they changed here", () => {
    const current = { ...changed, failedDeviceCount: 9, installedUserCount: 0 };
    expect(invert(change, current)).toEqual({
      patch: { pendingInstallUserCount: 270 },
      conflicts: [{ counter: "failedDeviceCount", base: 8, mine: 16, theirs: 9, reason: "changed" }],
    });
  });

  test("leaves counters alone that have their old value", () => {
    expect(invert(change, sampleSummary(change.before))).toEqual({ patch: {}, conflicts: [] });
  });

  test("leaves counters alone that had no value before", () => {
    expect(invert({ before: {}, after: changed }, changed)).toEqual({ patch: {}, conflicts: [] });
  });

  test("gives back the summary before, from whole summaries as from the changed counters", () => {
    fc.assert(
      fc.property(summaries, patches, (before, patch) => {
        const after = applyPatch(before, patch);
        const whole = invert({ before, after }, after);
        expect(applyPatch(after, whole.patch)).toEqual(before);
        expect(invert({ before: diff(after, before), after: diff(before, after) }, after)).toEqual(whole);
        expect(whole.conflicts).toEqual([]);
      }),
    );
  });

  test("conflicts exactly when a changed counter has a third value now", () => {
    fc.assert(
      fc.property(summaries, patches, summaries, (before, patch, current) => {
        const after = applyPatch(before, patch);
        const expected = counterNames.filter(
          (name) =>
            before[name] !== after[name] && current[name] !== after[name] && current[name] !== before[name],
        );
        expect(invert({ before, after }, current).conflicts.map(({ counter }) => counter)).toEqual(expected);
      }),
    );
  });

  test("takes back by how much the change moved where it is relative, whatever others have made of it", () => {
    const added = { before: { failedDeviceCount: 10 }, after: { failedDeviceCount: 15 } };
    const current = sampleSummary({ failedDeviceCount: 18 });
    expect(invert(added, current).conflicts).toMatchObject([{ reason: "changed" }]);
    expect(invert(added, current, { relative: true })).toEqual({
      patch: { failedDeviceCount: 13 },
      conflicts: [],
    });
    expect(invert(added, sampleSummary({ failedDeviceCount: 4 }), { relative: true })).toEqual({
      patch: {},
      conflicts: [{ counter: "failedDeviceCount", base: 15, mine: { add: -5 }, theirs: 4, reason: "range" }],
    });
  });

  test("relatively, without changes of others, equals undoing it", () => {
    fc.assert(
      fc.property(summaries, patches, (before, patch) => {
        const after = applyPatch(before, patch);
        const made = { before, after };
        expect(invert(made, after, { relative: true })).toEqual(invert(made, after));
      }),
    );
  });

  test("undone itself is a redo", () => {
    fc.assert(
      fc.property(summaries, patches, (before, patch) => {
        const after = applyPatch(before, patch);
        const undone = applyPatch(after, invert({ before, after }, after).patch);
        expect(applyPatch(undone, invert({ before: after, after: undone }, undone).patch)).toEqual(after);
      }),
    );
  });
});

function refusal(act: () => unknown): GraphError {
  try {
    act();
  } catch (error) {
    if (isGraphError(error)) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

function addend(edit: InstallSummaryEdit, name: CounterName): number {
  const mine = edit[name];
  return typeof mine === "object" ? mine.add : 0;
}

function wanted(edit: InstallSummaryEdit, name: CounterName, theirs: InstallSummary): number {
  const mine = edit[name];
  return typeof mine === "number" ? mine : theirs[name] + addend(edit, name);
}

function without(patch: InstallSummaryPatch, other: InstallSummaryPatch): InstallSummaryPatch {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !(name in other)));
}

function editInTurn(
  from: InstallSummary,
  first: InstallSummaryEdit,
  second: InstallSummaryEdit,
): InstallSummary {
  const between = applyPatch(from, rebase(from, first, from).patch);
  return applyPatch(between, rebase(from, second, between).patch);
}
