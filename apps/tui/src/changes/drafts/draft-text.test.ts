import { counterMaximum, counterNames } from "@install-summary/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { listedApp } from "../../../test/sample-apps.ts";
import type { KnownApp } from "../../words/known-app.ts";
import type { Draft } from "./draft.ts";
import { formatDraft, parseDraft } from "./draft-text.ts";

const place = { url: "https://graph.example/beta", tenant: "contoso" };

const count = fc.integer({ min: 0, max: counterMaximum });
const counter = fc.constantFrom(...counterNames);
const etag = fc.option(
  fc.nat().map((version) => `W/"${version}"`),
  { nil: undefined },
);

/** Drafts as an editor makes them. */
const drafts: fc.Arbitrary<Draft> = fc
  .record({
    name: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u001b[2J", "../../etc", "__proto__")),
    base: fc.dictionary(counter, count),
    etag,
    set: fc.dictionary(counter, count, { minKeys: 1 }),
    add: fc.dictionary(counter, fc.integer({ min: -5, max: 5 })),
    leftOut: fc.boolean(),
    wasOvertaken: fc.boolean(),
    wasSent: fc.boolean(),
    takesBack: fc.option(
      fc.record({ version: fc.option(fc.nat(), { nil: undefined }), patch: fc.dictionary(counter, count) }),
      { nil: undefined },
    ),
    readAt: fc.nat(),
  })
  .map(({ name, base, set, add, wasSent, takesBack, etag: version, ...rest }) => {
    const app = listedApp(1, name, base, version);
    const { installSummary } = app;
    const edited = Object.entries(set).filter(([key, value]) =>
      Object.entries(installSummary).every(([other, there]) => other !== key || there !== value),
    );
    const edits = { ...Object.fromEntries(edited), ...addsIn(add, installSummary.failedDeviceCount) };
    const change = { patch: set, etag: version, base: installSummary };
    const pending = wasSent
      ? { change, clientRequestId: "5e551011-0000-4000-8000-000000000001", sentAt: 5 }
      : undefined;
    // Only with something to decide the version that it was typed on is kept.
    const movedFrom = Object.keys(base).length === 0 ? {} : { movedFrom: { ...app, etag: 'W/"0"' } };
    const taken = takesBack === undefined ? {} : { takesBack };
    return { ...rest, ...movedFrom, ...taken, app, edits, contested: base, pending };
  })
  .filter(({ edits }) => Object.keys(edits).length > 0);

/** An amount for failed devices that stays in range. */
function addsIn(add: Readonly<Record<string, number>>, base: number): Draft["edits"] {
  const amount = add["failedDeviceCount"] ?? 0;
  const sum = base + amount;
  return amount !== 0 && sum >= 0 && sum <= counterMaximum ? { failedDeviceCount: { add: amount } } : {};
}

/** What a draft keeps of a version of its app. */
function keptOf({ id, displayName, publisher, installSummary, etag: version }: KnownApp): Partial<KnownApp> {
  return { id, displayName, publisher, installSummary, etag: version };
}

test("what is read back is what was written", () => {
  fc.assert(
    fc.property(drafts, fc.nat(), (draft, savedAt) => {
      const parsed = parseDraft(formatDraft(draft, place, savedAt), place);
      expect(parsed).toMatchObject({
        kind: "draft",
        savedAt,
        draft: {
          ...draft,
          app: keptOf(draft.app),
          ...(draft.movedFrom && { movedFrom: keptOf(draft.movedFrom) }),
        },
      });
    }),
  );
});

test("a file that is cut off anywhere, or has other bytes anywhere, is broken or a whole draft, and never an error", () => {
  fc.assert(
    fc.property(
      drafts,
      fc.nat(),
      fc.nat(),
      fc.string({ unit: "binary", maxLength: 3 }),
      (draft, from, length, noise) => {
        const text = formatDraft(draft, place, 1);
        const at = from % text.length;
        const spoilt = text.slice(0, at) + noise + text.slice(at + (length % 20));
        for (const one of [text.slice(0, at), spoilt]) {
          const parsed = parseDraft(one, place);
          if (parsed.kind !== "draft") continue;
          // What is taken for a draft can be written and read again.
          expect(parseDraft(formatDraft(parsed.draft, place, 1), place)).toMatchObject({ kind: "draft" });
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("any other text is broken, and never an error", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.constant("[".repeat(60_000))),
      (text) => {
        expect(parseDraft(text, place).kind).not.toBe("draft");
      },
    ),
  );
});

const file = (change: Readonly<Record<string, unknown>>): string => {
  const draft = { app: listedApp(1), readAt: 1, edits: { failedDeviceCount: 8 }, leftOut: false };
  const text = formatDraft({ ...draft, wasOvertaken: false, contested: {}, pending: undefined }, place, 1);
  const whole: unknown = JSON.parse(text);
  return JSON.stringify(Object.assign({}, whole, change));
};

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["of another server", { url: "https://other.example/beta" }],
  ["of another tenant", { tenant: "fabrikam" }],
  ["without edits", { edits: {} }],
  ["with an edit that adds nothing", { edits: { failedDeviceCount: { add: 0 } } }],
  ["with an amount that leaves the range", { edits: { failedDeviceCount: { add: -17 } } }],
  ["with a value that no counter has", { edits: { failedDeviceCount: -1 } }],
  ["with a counter that does not exist", { edits: { failedDeviceCount: 8, crashedDeviceCount: 1 } }],
  ["whose base lacks a counter", { base: { etag: null, counters: {}, readAt: 1 } }],
  ["whose earlier version lacks a counter", { movedFrom: { etag: null, counters: {} } }],
  [
    "with an ETag that would be a header of its own",
    { base: { etag: '"1"\r\nX: y', counters: {}, readAt: 1 } },
  ],
  ["with an id that is a path", { appId: "../../../etc/passwd" }],
])("a draft %s is broken", (_, change) => {
  expect(parseDraft(file({}), place).kind).toBe("draft");
  expect(parseDraft(file(change), place)).toEqual({ kind: "broken" });
});

test("a draft of an earlier version of this program has no earlier version of its app", () => {
  expect(parseDraft(file({ movedFrom: undefined }), place)).toMatchObject({ kind: "draft" });
});

test("a draft with the value that its counter had is whole: it was typed where others had set another one", () => {
  const parsed = parseDraft(file({ edits: { failedDeviceCount: 16 } }), place);
  expect(parsed).toMatchObject({ kind: "draft", draft: { edits: { failedDeviceCount: 16 } } });
});

test.each([
  ["two values for one counter", '8,"failedDeviceCount":9'],
  ["a value that a double would round", "8.00000000000000000001"],
])("a draft with %s is broken", (_, typed) => {
  const text = file({});
  expect(text).toContain('"edits":{"failedDeviceCount":8}');
  expect(
    parseDraft(
      text.replace('"edits":{"failedDeviceCount":8', `"edits":{"failedDeviceCount":${typed}`),
      place,
    ),
  ).toEqual({
    kind: "broken",
  });
});

test("a format of the future is left to the program that wrote it", () => {
  expect(parseDraft('{"format":2,"anything":[]}', place)).toEqual({ kind: "newer" });
});
