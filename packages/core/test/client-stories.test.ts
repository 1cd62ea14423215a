import { array, assert, asyncProperty, boolean, constantFrom, record, type Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { isUnconfirmedChangeError } from "../src/client/index.ts";
import { clientOf, graphBody } from "./open-client.ts";
import { appId } from "./samples.ts";
import { serveSummary, type Exchange } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

// Whatever a server does with a change and says about it: an edit counts once where the client returns, not at all where
// it throws a refusal, and at most once where it does not know. Own edits add a million, edits of others add one.

/** What the server does with one PATCH: whether and when it applies it, and what it says. */
interface Turn {
  readonly applies: "first" | "never" | "late";
  readonly says: 200 | 408 | 412 | 403 | 429 | 500 | 502 | 503 | "nothing";
  readonly someoneElse: boolean;
}

const turn: Arbitrary<Turn> = record({
  applies: constantFrom<Turn["applies"][]>("first", "never", "late"),
  says: constantFrom<Turn["says"][]>(200, 408, 412, 403, 429, 500, 502, 503, "nothing"),
  someoneElse: boolean(),
});

/** Refusals and 429 are only said by servers that have not applied the change, which is what they promise. */
function isPossible({ applies, says }: Turn): boolean {
  return applies === "never" ? says !== 200 : says !== 403 && says !== 429 && says !== 412;
}

test("an edit counts once where it is confirmed, never where it is refused, at most once where it is unknown", async () => {
  const turns = array(turn.filter(isPossible), { minLength: 1, maxLength: 3 });
  await assert(
    asyncProperty(array(turns, { minLength: 12, maxLength: 12 }), async (stories) => {
      await Promise.all(stories.map(tell));
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);

async function tell(turns: readonly Turn[]): Promise<void> {
  const left = [...turns];
  const late: Exchange[] = [];
  const server = await serveSummary((exchange, { change, current }) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    const next = left.shift();
    if (next === undefined) return exchange.proceed();
    const others = (): void => {
      if (next.someoneElse) change({ failedDeviceCount: current().summary.failedDeviceCount + 1 });
    };
    if (next.applies === "never") others();
    if (next.applies === "first" && next.says === 200) return exchange.proceed();
    if (next.applies === "first") exchange.commit();
    if (next.applies === "late") late.push(exchange);
    if (next.applies !== "never") others();
    if (next.says === "nothing" || next.says === 200) return exchange.drop();
    sendJson(exchange.response, next.says, graphBody("Any"), { "retry-after": "0" });
  });
  server.change({ failedDeviceCount: 0 });
  const edit = clientOf(server, { retry: 1 }).edit(appId, () => ({ failedDeviceCount: { add: 1_000_000 } }), {
    tries: 3,
  });
  const outcome = await edit.then(
    () => "confirmed" as const,
    (error: unknown) => (isUnconfirmedChangeError(error) ? ("unknown" as const) : ("refused" as const)),
  );
  const counted = (): number => Math.floor(server.current().summary.failedDeviceCount / 1_000_000);
  const before = counted();
  for (const exchange of late) exchange.commit();
  const allowed = {
    confirmed: [[1, 1]],
    refused: [[0, 0]],
    unknown: [
      [0, 0],
      [0, 1],
      [1, 1],
    ],
  }[outcome];
  const story = { turns, outcome, counts: [before, counted()] };
  expect(allowed.map((counts) => ({ turns, outcome, counts }))).toContainEqual(story);
}
