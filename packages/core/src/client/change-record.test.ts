import * as fc from "fast-check";
import { expect, test } from "vitest";
import { graphError } from "../http/graph-error.ts";
import { counterNames } from "../resource/counters.ts";
import { appId } from "../../test/samples.ts";
import { findRecord } from "./change-record.ts";
import type { FoundRecord } from "./types.ts";
import type { Send } from "./transport.ts";
import type { SentChange } from "./types.ts";

interface Logged {
  readonly version: number;
  readonly clientRequestId?: string | undefined;
  readonly mine?: true | undefined;
  readonly after: SentChange["patch"];
}

/** As another program has made it with `randomChangeId`. */
const otherId = "7f3c1a52-4d0e-8c7b-9b1f-2f5a6c8d9e01";

const counter = fc.constantFrom(...counterNames);
const values = fc.dictionary(counter, fc.nat({ max: 2 }), { minKeys: 1, maxKeys: 3 });
const id = fc.option(fc.constantFrom("own", "gateway", otherId), { nil: undefined });
const logged = (version: number): fc.Arbitrary<Logged> =>
  fc.record({
    version: fc.constant(version),
    clientRequestId: id,
    mine: fc.constantFrom(true, undefined),
    after: values,
  });
/** The latest first. */
const later = fc
  .nat({ max: 5 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, at) => logged(8 + length - at))));

const sent = { ifMatch: 'W/"7"', clientRequestId: "own" };

test("a change of the same account, of the same version and to the values that were sent is never told as not applied, unless a client gave it another id", async () => {
  const property = fc.asyncProperty(values, later, id, async (patch, followed, clientRequestId) => {
    const own = { version: 8, clientRequestId, mine: true, after: patch } as const;
    const found = await foundIn([...followed, own], { ...sent, patch });
    const others = clientRequestId === otherId ? "notApplied" : "mayBeOwn";
    expect(found).toBe(clientRequestId === "own" ? "applied" : others);
  });
  await fc.assert(property);
});

test("what is told as not applied has other values there, or is of another account or client", async () => {
  const property = fc.asyncProperty(values, later, logged(8), async (patch, followed, next) => {
    if ((await foundIn([...followed, next], { ...sent, patch })) !== "notApplied") return;
    const isSame = Object.entries(next.after).every(([name, value]) =>
      Object.entries(patch).some(([one, other]) => one === name && other === value),
    );
    expect([next.mine, isSame && next.clientRequestId !== otherId]).not.toEqual([true, true]);
  });
  await fc.assert(property);
});

/** What a log tells behind gateways that keep ids by now. */
function foundIn(log: readonly Logged[], change: SentChange): Promise<FoundRecord | undefined> {
  const send: Send = async ({ method }) => {
    if (method === "PATCH") throw graphError("PreconditionFailed", "No.", { notApplied: true });
    return {
      to: "GET log",
      status: 200,
      etag: undefined,
      requestId: undefined,
      isOwn: true,
      isRepeated: false,
      hide: (text) => text,
      body: JSON.stringify({ value: log.map(entry) }),
    };
  };
  const url = new URL("https://facade.example/");
  return findRecord(send, { log: () => url, summary: url }, change);
}

function entry(change: Logged): object {
  return {
    cursor: `c${change.version}`,
    appId,
    displayName: "App",
    changedAt: "2026-09-30T13:47:10.123Z",
    actor: "ada",
    origin: "api",
    requestId: `request-${change.version}`,
    before: {},
    ...change,
  };
}
