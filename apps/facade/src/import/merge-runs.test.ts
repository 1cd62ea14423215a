import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mergeRuns } from "./merge-runs.ts";

interface Row {
  readonly key: number;
  readonly run: number;
  readonly at: number;
}

const byKey = (one: Row, other: Row): number => one.key - other.key;

test("runs are merged as a stable sort of all their rows would order them", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(20), { maxLength: 12 }), { maxLength: 12 }), (keys) => {
      const runs = keys.map((run, number) =>
        run.toSorted((one, other) => one - other).map((key, at): Row => ({ key, run: number, at })),
      );
      expect([...mergeRuns(runs, byKey)]).toEqual(runs.flat().toSorted(byKey));
    }),
  );
});

test("of each run one row is held", () => {
  const taken = [0, 0, 0];
  const runs = taken.map((_, run) => counted(run));
  for (const row of mergeRuns(runs, byKey)) if (row.at === 1) break;
  expect(Math.max(...taken)).toBe(2);

  function* counted(run: number): Generator<Row> {
    for (let at = 0; at < 1000; at += 1) {
      taken[run] = at + 1;
      yield { key: at * 10 + run, run, at };
    }
  }
});
