import { LimitError } from "@install-summary/core/service";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { limitCallers } from "./limit-callers.ts";

const caller = (actor: string) => ({ tenantId: "one", actor });
const ada = caller("ada");

/** A limit with a clock that the test moves. Returns what a request gets: 0, or the seconds after which to try again. */
function openLimit(requestsPerMinute: number, remembered?: number) {
  let time = 1000;
  const admit = limitCallers(
    { requestsPerMinute },
    { now: () => time, ...(remembered !== undefined && { remembered }) },
  );
  return {
    pass: (milliseconds: number) => void (time += milliseconds),
    ask: (who = ada): number => {
      try {
        admit?.(who);
        return 0;
      } catch (error) {
        if (error instanceof LimitError) return error.retryAfter ?? Number.NaN;
        throw error;
      }
    },
  };
}

test.each([1, 3, 60, 777])("of 100 times the maximum of %i at once, that many are served", (maximum) => {
  const { ask } = openLimit(maximum);
  const waits = Array.from({ length: maximum * 100 }, () => ask());
  expect(waits.slice(0, maximum).every((wait) => wait === 0)).toBe(true);
  expect(new Set(waits.slice(maximum))).toEqual(new Set([Math.ceil(60 / maximum)]));
});

test("a caller who waits as long as the response says is served", () => {
  const { ask, pass } = openLimit(20);
  for (let at = 0; at < 20; at += 1) expect(ask()).toBe(0);
  const wait = ask();
  expect(wait).toBe(3);
  pass(wait * 1000);
  expect([ask(), ask()]).toEqual([0, 3]);
});

test("callers do not share: another name, and the same name in another tenant", () => {
  const { ask } = openLimit(1);
  expect([ask(), ask()]).toEqual([0, 60]);
  expect([ask(caller("bob")), ask({ ...ada, tenantId: "two" })]).toEqual([0, 0]);
});

test("a limit remembers a bounded number of callers, and forgets the one that has been away for longest", () => {
  const { ask } = openLimit(2, 3);
  for (const actor of ["a", "b", "c", "a"]) expect(ask(caller(actor))).toBe(0);
  expect(ask(caller("d"))).toBe(0);
  // "b" was forgotten, "a" was not.
  expect([ask(caller("b")), ask(caller("b"))]).toEqual([0, 0]);
  expect(ask(caller("a"))).toBeGreaterThan(0);
});

test("without a maximum nothing is counted", () => {
  expect(limitCallers({ requestsPerMinute: 0 })).toBeUndefined();
});

test("no minute sees more than twice the maximum", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 20, maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), steps, (maximum, pauses) => {
      const { ask, pass } = openLimit(maximum);
      let time = 0;
      const served: number[] = [];
      for (const pause of pauses) {
        pass(pause);
        time += pause;
        if (ask() === 0) served.push(time);
      }
      for (const from of served) {
        const inMinute = served.filter((one) => one >= from && one < from + 60_000).length;
        // A pause fills up what a caller may do at once, and a minute gives as much again.
        expect(inMinute).toBeLessThanOrEqual(maximum * 2);
      }
    }),
  );
});

test("a refused request gets the contract's 429", () => {
  const admit = limitCallers({ requestsPerMinute: 1 });
  admit?.(ada);
  expect(() => admit?.(ada)).toThrow(
    expect.objectContaining({
      status: 429,
      code: "TooManyRequests",
      message: "Please retry again later.",
      innerCode: "throttledRequest",
      limit: "requestsPerMinute",
      retryAfter: expect.any(Number),
    }),
  );
});
