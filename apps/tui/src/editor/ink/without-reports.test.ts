import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withoutReports } from "./without-reports.ts";

// Time passes only when a test says so.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Heard {
  readonly keys: string;
  readonly columns: readonly number[];
}

/** What is read of an input that arrives in parts, as Ink reads. */
async function hear(parts: readonly (string | Uint8Array)[], count: number): Promise<Heard> {
  const stream = new PassThrough({ encoding: "utf8" });
  let columns: readonly number[] = [];
  const { input } = withoutReports(stream, count, (told) => (columns = told));
  let keys = "";
  input.on("readable", () => {
    for (;;) {
      const chunk: unknown = input.read();
      if (typeof chunk !== "string") return;
      keys += chunk;
    }
  });
  for (const part of parts) {
    stream.write(part);
    await setImmediate();
  }
  // Longer than a beginning is held back.
  vi.advanceTimersByTime(60);
  await setImmediate();
  return { keys, columns };
}

const key = fc.constantFrom(
  "a",
  "1",
  ";",
  "R",
  "\r",
  "給",
  "👩‍💻",
  "\u001B",
  "\u001B[A",
  "\u001B[200~x\u001B[201~",
);
const report = fc.integer({ min: 1, max: 300 }).map((column) => `\u001B[1;${column}R`);
const isReport = (piece: string): boolean => piece.length > 1 && piece.endsWith("R");

test("keys that are typed among the reports arrive as they are, wherever the parts are cut", async () => {
  const pieces = fc.array(fc.oneof(key, report), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.array(fc.nat(60), { maxLength: 6 }), async (all, cuts) => {
      const bytes = Buffer.from(all.join(""));
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].toSorted(
        (one, other) => one - other,
      );
      const parts = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
      const reports = all.filter(isReport);
      const { keys, columns } = await hear(parts, reports.length);
      expect(keys).toBe(all.filter((piece) => !isReport(piece)).join(""));
      expect(columns).toEqual(reports.map((one) => Number(/(\d+)R/.exec(one)?.[1])));
    }),
  );
});

test("what looks like a report once all have come is a key", async () => {
  expect(await hear(["\u001B[1;3R", "\u001B[1;5R"], 1)).toEqual({ keys: "\u001B[1;5R", columns: [3] });
});

test("Esc alone is read although a report may begin like it", async () => {
  expect(await hear(["\u001B"], 2)).toEqual({ keys: "\u001B", columns: [] });
});

test("before a terminal that sends no reports it gives up after two seconds", async () => {
  const stream = new PassThrough({ encoding: "utf8" });
  const { settled } = withoutReports(stream, 2, () => {});
  vi.advanceTimersByTime(2000);
  await expect(settled).resolves.toBeUndefined();
});
