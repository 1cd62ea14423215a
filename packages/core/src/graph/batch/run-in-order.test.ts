import * as fc from "fast-check";
import { expect, test } from "vitest";
import { runInOrder, type OrderedItem } from "./run-in-order.ts";

interface Step extends OrderedItem {
  readonly index: number;
  readonly fails: boolean;
}

interface Outcome {
  readonly index: number;
  readonly failed: boolean;
  readonly reason?: number;
}

/** Items with any dependencies on earlier ones, any keys and any failures. */
const steps: fc.Arbitrary<readonly Step[]> = fc
  .array(fc.tuple(fc.array(fc.nat(), { maxLength: 3 }), fc.constantFrom("a", "b", undefined), fc.boolean()), {
    minLength: 1,
    maxLength: 20,
  })
  .map((items) =>
    items.map(([numbers, key, fails], index) => ({
      index,
      key,
      fails,
      dependsOn: index === 0 ? [] : numbers.map((number) => number % index),
    })),
  );

test("an item runs once those of its key and those that it depends on have ended, unless one of the latter failed", () =>
  fc.assert(
    fc.asyncProperty(steps, fc.scheduler(), async (items, scheduler) => {
      const events: string[] = [];
      const run = async ({ index, fails }: Step): Promise<Outcome> => {
        events.push(`start ${index}`);
        await scheduler.schedule(Promise.resolve());
        events.push(`end ${index}`);
        return { index, failed: fails };
      };
      const outcomes = runInOrder<Step, Outcome>(items, {
        run,
        skip: async ({ index }, reason) => ({ index, failed: true, reason }),
        hasFailed: ({ failed }) => failed,
      });
      await scheduler.waitFor(outcomes);

      const results = await outcomes;
      expect(results.map(({ index }) => index)).toEqual(items.map(({ index }) => index));
      for (const { index, dependsOn, key } of items) {
        const failed = dependsOn.find((one) => results[one]?.failed);
        expect(results[index]?.reason).toBe(failed);
        const start = events.indexOf(`start ${index}`);
        expect(start === -1).toBe(failed !== undefined);
        if (start === -1) continue;
        const earlier = items.filter((one) => key !== undefined && one.key === key && one.index < index);
        for (const before of [...dependsOn, ...earlier.map((one) => one.index)]) {
          expect(events.indexOf(`end ${before}`)).toBeLessThan(start);
        }
      }
    }),
  ));

test("items that nothing orders run at the same time", async () => {
  let running = 0;
  const all = Promise.withResolvers<void>();
  const outcomes = await runInOrder<OrderedItem, boolean>(
    ["a", "b", undefined, undefined].map((key) => ({ key, dependsOn: [] })),
    {
      async run() {
        running += 1;
        if (running === 4) all.resolve();
        await all.promise;
        return true;
      },
      skip: () => Promise.resolve(false),
      hasFailed: () => false,
    },
  );
  expect(outcomes).toEqual([true, true, true, true]);
});
