import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createInstallSummaryClient, isUnconfirmedChangeError } from "../src/client/index.ts";
import { createMemoryService } from "../src/contract/index.ts";
import { appId } from "./samples.ts";

// Any number of writers against the contract, with the order of all requests and the fate of each drawn at random. Waits
// are those of fake timers, so that no run depends on how fast a machine is.

/**
 * What becomes of a PATCH.
 *
 * - `lost`: it never arrives.
 * - `unheard`: it takes effect, and its response is lost.
 * - `busy`: it takes effect, and a gateway says 503.
 * - `twice`: a gateway sends it twice, and passes the second response on.
 * - `late`: its sender hears nothing, and it arrives after some other request.
 */
const fates = ["served", "served", "served", "lost", "unheard", "busy", "twice", "late"] as const;
type Fate = (typeof fates)[number];

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

test("however requests interleave and get lost, an edit counts exactly once where it is told as made, and at most once elsewhere", async () => {
  const story = fc.record({
    edits: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 5 }),
    fates: fc.infiniteStream(fc.constantFrom(...fates)),
    scheduler: fc.scheduler(),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ edits, fates: drawn, scheduler }) => {
      const service = createMemoryService({ apps: [{ id: appId, installSummary: {} }] });
      const late: Request[] = [];
      const arrive = async (request: Request, fate: Fate): Promise<Response> => {
        for (const one of late.splice(0)) await service.fetch(one);
        if (request.method !== "PATCH" || fate === "served") return service.fetch(request);
        if (fate === "late") late.push(request.clone());
        if (fate === "twice" || fate === "unheard" || fate === "busy") await service.fetch(request.clone());
        if (fate === "twice") return service.fetch(request);
        if (fate === "busy") return new Response("busy", { status: 503, headers: { "retry-after": "1" } });
        throw new TypeError("fetch failed");
      };
      const transport: typeof fetch = (input, init) => {
        const request = new Request(input, { ...init, signal: null });
        const [fate = "served"] = drawn.take(1);
        return scheduler.schedule(Promise.resolve(), request.method).then(() => arrive(request, fate));
      };
      // Writer i adds a power of five, so the digits of the end, to that base, say how often each edit was added.
      const write = async (writer: number, count: number): Promise<{ made: number; unknown: number }> => {
        const client = createInstallSummaryClient({
          baseUrl: "http://127.0.0.1/beta",
          token: () => "any",
          fetch: transport,
        });
        let unknown = 0;
        for (let turn = 0; turn < count; turn += 1) {
          try {
            await client.edit(appId, () => ({ failedDeviceCount: { add: 5 ** writer } }), { tries: 1000 });
          } catch (error) {
            if (!isUnconfirmedChangeError(error)) throw error;
            unknown += 1;
          }
        }
        return { made: count - unknown, unknown };
      };
      const writing = Promise.all(edits.map((count, writer) => write(writer, count)));
      const end = new AbortController();
      const done = writing.finally(() => end.abort());
      done.catch(() => undefined);
      while (!end.signal.aborted) {
        if (scheduler.count() > 0) await scheduler.waitOne();
        else await vi.advanceTimersByTimeAsync(1000);
      }
      const written = await done;
      for (const one of late.splice(0)) await service.fetch(one);
      const { failedDeviceCount } = service.current(appId).summary;
      const digits = failedDeviceCount.toString(5).padStart(edits.length, "0").split("").toReversed();
      for (const [writer, { made, unknown }] of written.entries()) {
        expect(Number(digits[writer])).toBeGreaterThanOrEqual(made);
        expect(Number(digits[writer])).toBeLessThanOrEqual(made + unknown);
      }
      expect(digits).toHaveLength(edits.length);
    }),
    { numRuns: 150 },
  );
});
