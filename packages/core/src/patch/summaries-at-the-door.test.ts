import { describe, expect, test } from "vitest";
import { appId, sampleSummary } from "../../test/samples.ts";
import { createSummary, type InstallSummary, type InstallSummaryPatch } from "../resource/install-summary.ts";
import { applyPatch, decidePatch, diff, type VersionedSummary } from "./decide-patch.ts";
import { parsePatch } from "./parse-patch.ts";
import { invert, rebase } from "./rebase.ts";
import { warnings } from "./warnings.ts";

// What plain JavaScript can pass: `JSON.parse` gives it the type of a summary.

const whole = sampleSummary();
const otherApp: InstallSummary = { ...whole, id: "11111111-2222-3333-4444-555555555555" };
const upper: InstallSummary = { ...whole, id: appId.toUpperCase() };

const doors: readonly (readonly [string, (summary: InstallSummary) => unknown])[] = [
  ["from of diff", (summary) => diff(summary, whole)],
  ["to of diff", (summary) => diff(whole, summary)],
  ["base of rebase", (summary) => rebase(summary, {}, whole)],
  ["theirs of rebase", (summary) => rebase(whole, {}, summary)],
  ["current of invert", (summary) => invert({ before: {}, after: {} }, summary)],
  ["before of invert", (summary) => invert({ before: summary, after: whole }, whole)],
  ["after of invert", (summary) => invert({ before: whole, after: summary }, whole)],
  ["before of warnings", (summary) => warnings(summary, whole)],
  ["after of warnings", (summary) => warnings(whole, summary)],
  ["summary of applyPatch", (summary) => applyPatch(summary, { failedDeviceCount: 1 })],
  [
    "current.summary of decidePatch",
    (summary) => decidePatch({ summary, version: 1 }, { failedDeviceCount: 1 }),
  ],
];

describe.each(doors)("%s", (where, pass) => {
  test("must not be the result of a read, and the error says which member to pass", () => {
    expect(() => pass(foreign({ summary: whole, etag: 'W/"1"' }))).toThrowError(
      expect.objectContaining({
        name: "TypeError",
        message: expect.stringMatching(
          new RegExp(
            `^${where} must be a whole install summary.*; got { summary, etag }. Pass its .summary.$`,
          ),
        ),
      }),
    );
    expect(() => pass(foreign({ "@odata.type": "x", installSummary: whole }))).toThrowError(
      /Pass its \.installSummary\.$/,
    );
    expect(() => pass(foreign({ value: whole }))).toThrowError(/Pass its \.value\.$/);
  });

  test.each([null, undefined, 7, "summary", [], true])("must not be %j", (value) => {
    expect(() => pass(foreign(value))).toThrowError(TypeError);
    expect(() => pass(foreign(value))).toThrowError(`${where} must be a whole install summary`);
  });

  test.each(["4", null, 1.5, -1, 2147483648, true])("must not have %j as a counter", (count) => {
    expect(() => pass(foreign({ ...whole, failedDeviceCount: count }))).toThrowError(TypeError);
  });

  test("may spell the id in another case", () => {
    expect(() => pass(upper)).not.toThrow();
  });
});

test("a missing counter is named, and is never 0", () => {
  const { failedUserCount: _, ...rest } = whole;
  expect(() => rebase(whole, {}, foreign(rest))).toThrowError(
    "theirs of rebase must be a whole install summary of the app 06a792e9-92e9-06a7-e992-a706e992a706; got undefined as its failedUserCount.",
  );
});

/** Its counter is not its own, but its class's. */
class Counted {
  get failedDeviceCount(): string {
    return "4";
  }
}

describe.each<[string, (patch: InstallSummaryPatch) => unknown]>([
  ["patch of applyPatch", (patch) => applyPatch(whole, patch)],
  ["patch of decidePatch", (patch) => decidePatch({ summary: whole, version: 1 }, patch)],
])("%s", (where, pass) => {
  test.each<[object, string]>([
    [{ failedDeviceCount: "4" }, 'got "4" as its failedDeviceCount.'],
    [{ failedDeviceCount: Number.NaN }, "got NaN as its failedDeviceCount."],
    [{ failedDeviceCount: null }, "got null as its failedDeviceCount."],
    [{ failedDeviceCount: 2_147_483_648 }, "got 2147483648 as its failedDeviceCount."],
    [Object.create({ failedDeviceCount: "4" }), 'got "4" as its failedDeviceCount.'],
    [new Counted(), 'got "4" as its failedDeviceCount.'],
    [{ fial: 1 }, "got 1 as its fial."],
    [Object.create({ fial: 1 }), "got 1 as its fial."],
    [{ id: otherApp.id }, `got "${otherApp.id}" as its id.`],
    [{ summary: whole, etag: 'W/"1"' }, "got { summary, etag }. Pass its .summary."],
    [[], "got [object Array]."],
  ])("that was not parsed is refused: %j", (patch, told) => {
    const rule = `${where} must be a patch of the app ${appId}, each counter a whole number from 0 to 2147483647`;
    expect(() => pass(patch)).toThrow(new TypeError(`${rule}; ${told}`));
  });

  test("may have undefined, the id of its app and control information", () => {
    const patch: object = { failedDeviceCount: undefined, id: upper.id, "@odata.type": "x" };
    expect(() => pass(patch)).not.toThrow();
  });
});

test("no counter becomes -0", () => {
  const [zero, minus] = [{ failedDeviceCount: 0 }, { failedDeviceCount: -0 }];
  const [none, added] = [{ ...whole, ...minus }, { failedDeviceCount: { add: -0 } }];
  expect(Object.is(applyPatch(whole, minus).failedDeviceCount, 0)).toBe(true);
  expect(createSummary(appId, () => -0)).toEqual(createSummary(appId, () => 0));
  expect(diff(whole, none)).toStrictEqual(zero);
  expect(rebase(whole, minus, whole).patch).toStrictEqual(zero);
  expect(rebase({ ...whole, failedDeviceCount: 1 }, added, none).patch).toStrictEqual({});
  const less = { failedDeviceCount: { add: -1 } };
  expect(rebase(none, less, none).conflicts).toStrictEqual([
    { counter: "failedDeviceCount", base: 0, mine: { add: -1 }, theirs: 0, reason: "range" },
  ]);
  expect(
    rebase({ ...whole, failedDeviceCount: 1 }, minus, { ...whole, failedDeviceCount: 2 }).conflicts,
  ).toStrictEqual([{ counter: "failedDeviceCount", base: 1, mine: 0, theirs: 2, reason: "changed" }]);
  expect(
    invert({ before: minus, after: { failedDeviceCount: 4 } }, { ...whole, failedDeviceCount: 4 }).patch,
  ).toStrictEqual(zero);
});

/** Its counter is its class's, and is one that can be. */
class Four {
  get failedDeviceCount(): number {
    return 4;
  }
}

test.each<[string, object]>([
  ["a prototype", Object.create({ failedDeviceCount: 4 })],
  ["a class", new Four()],
])("a counter that is inherited from %s counts wherever a patch or an edit is taken", (_what, patch) => {
  const own = { failedDeviceCount: 4 };
  expect(applyPatch(whole, patch)).toEqual({ ...whole, ...own });
  expect(parsePatch(patch)).toStrictEqual(own);
  expect(rebase(whole, patch, whole).patch).toStrictEqual(own);
});

test("a name that is inherited and unknown is refused as an own one is", () => {
  const patch: object = Object.create({ fial: 1 });
  expect(() => parsePatch(patch)).toThrow("The property 'fial' does not exist");
  expect(() => rebase(whole, patch, whole)).toThrow("The property 'fial' does not exist");
  const preconditions: object = Object.create({ ifMath: 'W/"1"' });
  expect(() => decidePatch({ summary: whole, version: 1 }, {}, preconditions)).toThrow(
    'preconditions of decidePatch cannot have "ifMath". Did you mean ifMatch?',
  );
});

test.each([undefined, "3", Number.NaN, -1])("a summary is not created of %j as a counter", (value) => {
  const valueOf = (): number => JSON.parse(JSON.stringify([value]), () => value);
  expect(() => createSummary(appId, valueOf)).toThrow(
    /^installedDeviceCount of createSummary must be a whole number from 0 to 2147483647; got /,
  );
});

test.each<[string, () => unknown]>([
  ["to of diff", () => diff(whole, otherApp)],
  ["theirs of rebase", () => rebase(whole, {}, otherApp)],
  ["before of invert", () => invert({ before: otherApp, after: whole }, whole)],
  ["after of invert", () => invert({ before: whole, after: otherApp }, whole)],
])("%s must be of the same app", (where, pass) => {
  expect(pass).toThrowError(
    new TypeError(
      `${where} must be a whole install summary of the app ${appId}; got "${otherApp.id}" as its id.`,
    ),
  );
});

test("a precondition of null, as Headers.get gives it, is absent", () => {
  const preconditions: object = { ifMatch: new Headers().get("if-match"), ifNoneMatch: null };
  const decision = decidePatch({ summary: whole, version: 1 }, { failedDeviceCount: 9 }, preconditions);
  expect(decision.kind).toBe("changed");
});

test.each([{ "if-match": 'W/"9"' }, { ifmatch: 'W/"9"' }, { host: "example.org", "if-match": 'W/"9"' }])(
  "preconditions of other names, such as a request's headers %j, are refused and never dropped",
  (preconditions: object) => {
    expect(() =>
      decidePatch({ summary: whole, version: 1 }, { failedDeviceCount: 9 }, preconditions),
    ).toThrow(
      /^preconditions of decidePatch cannot have "[a-z-]+"(?:\. Did you mean ifMatch\?|, only ifMatch, ifNoneMatch\.)$/,
    );
  },
);

test.each<[string, () => unknown]>([
  ["parsePatch", () => parsePatch({}, misspelt({ ids: appId }))],
  ["warnings", () => warnings(whole, whole, misspelt({ of: [] }))],
  ["invert", () => invert({ before: {}, after: {} }, whole, misspelt({ relativ: true }))],
])("%s refuses an option that it does not have", (name, call) => {
  expect(call).toThrow(
    new RegExp(`^options of ${name} cannot have "[a-z]+"\\. Did you mean (?:id|off|relative)\\?$`),
  );
});

function misspelt(options: object): object {
  return options;
}

test.each(["7", null, 1.5])("a version of %j is refused, and never added to", (version) => {
  expect(() => decidePatch(foreignVersion(version), { failedDeviceCount: 0 })).toThrowError(RangeError);
});

function foreign(value: unknown): InstallSummary {
  return JSON.parse(JSON.stringify({ value }, (_name, member) => member ?? null)).value;
}

function foreignVersion(version: unknown): VersionedSummary {
  return JSON.parse(JSON.stringify({ summary: whole, version }));
}
