import { array, assert, asyncProperty, constantFrom, record, type Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { isUnconfirmedChangeError } from "../src/client/index.ts";
import { clientOf, graphBody } from "./open-client.ts";
import { appId } from "./samples.ts";
import { serveSummary, type Exchange } from "./serve-summary.ts";
import { sendJson } from "./serve.ts";

// Whatever a server does with a change and says about it, also behind a gateway that sends it twice: an edit counts once
// where the client returns, not at all where it throws a refusal, and at most once where it does not know. Own edits add a
// million, edits of others add one, or the same million. Some servers record whose requests they apply, and some do not.

/** What becomes of one PATCH: whether and when it is applied, and what is said. */
interface Turn {
  /** `twice`: a gateway sends it twice, and passes on the second response. */
  readonly applies: "first" | "never" | "late" | "twice";
  readonly says: 200 | 408 | 412 | 403 | 429 | 500 | 502 | 503 | "nothing";
  readonly someoneElse: "nothing" | "adds one" | "adds the same";
}

const turn: Arbitrary<Turn> = record({
  applies: constantFrom<Turn["applies"][]>("first", "never", "late", "twice"),
  says: constantFrom<Turn["says"][]>(200, 408, 412, 403, 429, 500, 502, 503, "nothing"),
  someoneElse: constantFrom<Turn["someoneElse"][]>("nothing", "adds one", "adds the same"),
});

/** Refusals and 429 are only said by servers that have not applied the change, which is what they promise. */
function isPossible({ applies, says }: Turn): boolean {
  if (applies === "twice") return says === 200;
  return applies === "never" ? says !== 200 : says !== 403 && says !== 429 && says !== 412;
}

/** How many stories are told: by hand, `STORIES=20000` tells more. */
const rounds = Math.ceil(Number(process.env["STORIES"] ?? 96) / 12);

test.each([
  ["records whose requests it applies", true],
  ["does not record them", false],
])(
  "an edit counts once where it is confirmed, never where it is refused, at most once where it is unknown: the server %s",
  async (_which, records) => {
    const turns = array(turn.filter(isPossible), { minLength: 1, maxLength: 3 });
    await assert(
      asyncProperty(array(turns, { minLength: 12, maxLength: 12 }), async (stories) => {
        await Promise.all(stories.map((story) => tell(story, records)));
      }),
      { numRuns: rounds, endOnFailure: true },
    );
  },
  3_600_000,
);

async function tell(turns: readonly Turn[], records: boolean): Promise<void> {
  const left = [...turns];
  const late: Exchange[] = [];
  const made: string[] = [];
  let isMisled = false;
  const server = await serveSummary((exchange, { change, current }) => {
    if (exchange.request.method !== "PATCH") return exchange.proceed();
    if (!records) delete exchange.request.headers["client-request-id"];
    const next = left.shift();
    if (next === undefined) return exchange.proceed();
    const others = (): void => {
      const added = { nothing: 0, "adds one": 1, "adds the same": million }[next.someoneElse];
      // Without a record nothing tells a doubled request, once someone else has changed its values.
      if (added === 0 || (isMisled && !records)) return;
      change({ failedDeviceCount: current().summary.failedDeviceCount + added });
      if (added === million) made.push("by someone else");
    };
    if (next.applies === "never") others();
    if (next.applies === "first" && next.says === 200) return exchange.proceed();
    if (next.applies === "first" || next.applies === "twice") {
      const { version } = current();
      exchange.commit();
      if (next.applies === "twice") isMisled = current().version > version;
    }
    if (next.applies === "late") late.push(exchange);
    if (next.applies !== "never") others();
    if (next.applies === "twice") return exchange.proceed();
    if (next.says === "nothing" || next.says === 200) return exchange.drop();
    sendJson(exchange.response, next.says, graphBody("Any"), { "retry-after": "0" });
  });
  server.change({ failedDeviceCount: 0 });
  const edit = clientOf(server, { retry: 1 }).edit(appId, () => ({ failedDeviceCount: { add: million } }), {
    tries: 3,
  });
  const outcome = await edit.then(
    ({ refusal, foundBy }) => {
      // What reading finds may be someone else's where they have made the same of it.
      const isOpen = refusal !== undefined || (foundBy === "values" && made.length > 0);
      return isOpen ? ("unknown" as const) : ("confirmed" as const);
    },
    (error: unknown) =>
      isUnconfirmedChangeError(error) || (isMisled && !records) ? ("unknown" as const) : ("refused" as const),
  );
  const counted = (): number =>
    Math.floor(server.current().summary.failedDeviceCount / million) - made.length;
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

const million = 1_000_000;
