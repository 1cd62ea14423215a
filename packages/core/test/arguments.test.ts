import { describe, expect, test } from "vitest";
import * as client from "../src/client/index.ts";
import * as core from "../src/index.ts";
import { appId, sampleSummary } from "./samples.ts";

// Every function that core exports says what is wrong with an argument that TypeScript would keep out: in plain JavaScript
// a text, a list or a map would otherwise pass as an object without members, and null end in an error of the runtime.

const summary = sampleSummary();
const refusal = core.graphError("PreconditionFailed", "It has changed.");
const sent = { patch: {}, etag: 'W/"1"' };
const read = { summary, etag: 'W/"1"' };
const limits = { sends: 1, looks: 1, repeats: 1, pause: 1, maxWait: 1 };
const { state } = core.startChange(sent, limits);

/** A whole call of each function, and how the refusal of each argument begins. `lenient` takes any value by promise. */
const lenient = undefined;
const calls: Readonly<
  Record<string, readonly (readonly [argument: unknown, refused: string | undefined])[]>
> = {
  applyPatch: [
    [summary, "summary of applyPatch must be a whole install summary; got "],
    [
      {},
      `patch of applyPatch must be a patch of the app ${appId}, each counter a whole number from 0 to 2147483647; got `,
    ],
  ],
  classifyFailure: [[refusal, lenient]],
  createSummary: [
    [appId, "id of createSummary must be a text; got "],
    [() => 4, "valueOf of createSummary must be a function; got "],
  ],
  decidePatch: [
    [{ summary, version: 1 }, "current of decidePatch must be a plain object; got "],
    [
      { failedUserCount: 4 },
      `patch of decidePatch must be a patch of the app ${appId}, each counter a whole number from 0 to 2147483647; got `,
    ],
    [{}, `preconditions of decidePatch must be a plain object; got `],
  ],
  diff: [
    [summary, "from of diff must be a whole install summary; got "],
    [summary, `to of diff must be a whole install summary of the app ${appId}; got `],
  ],
  failureSentence: [[refusal, lenient]],
  formatETag: [[1, "A version is a whole number from 0, not "]],
  formatSummary: [
    [summary, "summary of formatSummary must be a whole install summary; got "],
    [{ base: "https://host/beta" }, "format of formatSummary must be a plain object; got "],
  ],
  formatSummaryContext: [
    [appId, "id of formatSummaryContext must be a text; got "],
    [{ base: "https://host/beta" }, "format of formatSummaryContext must be a plain object; got "],
  ],
  graphError: [["BadRequest", "graphError cannot have "]],
  graphErrorBody: [
    [refusal, "error of graphErrorBody must be an error with details; got "],
    [{}, "context of graphErrorBody must be a plain object; got "],
  ],
  invert: [
    [{ before: {}, after: {} }, "change of invert must be a plain object; got "],
    [summary, "current of invert must be a whole install summary; got "],
    [{}, "options of invert must be a plain object; got "],
  ],
  isAppId: [[appId, lenient]],
  isClientError: [[refusal, lenient]],
  isCounterName: [["failedUserCount", lenient]],
  isEditConflictError: [[refusal, lenient]],
  isGraphError: [[refusal, lenient]],
  isNoResponseError: [[refusal, lenient]],
  isTimeoutError: [[refusal, lenient]],
  isUnconfirmed: [[{ failures: [] }, "state of isUnconfirmed must be a plain object; got "]],
  isUnconfirmedChangeError: [[refusal, lenient]],
  judgeOutcome: [
    [sent, "sent of judgeOutcome must be a plain object; got "],
    [read, "current of judgeOutcome must be a plain object; got "],
  ],
  matchesETag: [
    ['W/"1"', "ETag header is malformed."],
    ['W/"1"', "ETag header is malformed."],
  ],
  nextStep: [
    [state, "state of nextStep must be a plain object; got "],
    [{ kind: "stopped" }, "event of nextStep must be a plain object; got "],
  ],
  parseAppId: [[appId, ""]],
  parsePatch: [
    [{}, ""],
    [{}, "options of parsePatch must be a plain object; got "],
  ],
  parsePatchJson: [
    [{ kind: "object", members: [] }, "An unexpected 'PrimitiveValue' node was found"],
    [{}, "options of parsePatchJson must be a plain object; got "],
  ],
  parsePatchText: [
    ["{}", ""],
    [{}, "options of parsePatchText must be a plain object; got "],
  ],
  randomChangeId: [],
  readFailureFacts: [[refusal, lenient]],
  readGraphError: [
    [{}, lenient],
    [{ status: 400 }, "head of readGraphError must be an object with a status; got "],
  ],
  rebase: [
    [summary, "base of rebase must be a whole install summary; got "],
    [{}, "An edit is an object like { failedUserCount: { add: -1 } }; got "],
    [summary, `theirs of rebase must be a whole install summary of the app ${appId}; got `],
  ],
  rebaseRefused: [
    [
      { base: summary, edit: {}, patch: {}, failure: {} },
      "refused of rebaseRefused must be a plain object; got ",
    ],
    [summary, `current of rebaseRefused must be a whole install summary of the app ${appId}; got `],
  ],
  safeParsePatch: [
    [{}, lenient],
    [{}, "options of safeParsePatch must be a plain object; got "],
  ],
  safeParsePatchText: [
    ["{}", lenient],
    [{}, "options of safeParsePatchText must be a plain object; got "],
  ],
  startChange: [
    [sent, "change of startChange must be a plain object; got "],
    [limits, "limits of startChange must be a plain object; got "],
    [[], "failures of startChange must be a list; got "],
  ],
  warnings: [
    [summary, "before of warnings must be a whole install summary; got "],
    [summary, `after of warnings must be a whole install summary of the app ${appId}; got `],
    [{}, "options of warnings must be a plain object; got "],
  ],
};

const foreign: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["undefined", undefined],
  ["a list", [1]],
  ["a map", new Map()],
  ["a promise", Promise.resolve({})],
  ["a symbol", Symbol("s")],
  ["a flag", true],
];

const functions = Object.entries<unknown>({ ...core, ...client }).filter(
  (entry): entry is [string, (...given: readonly unknown[]) => unknown] => typeof entry[1] === "function",
);

test("the table has every function but errors and the client, whose options have tests of their own", () => {
  const named = functions
    .map(([name]) => name)
    .filter((name) => !name.endsWith("Error") || /^(?:is|graph|read)/.test(name));
  expect(Object.keys(calls).toSorted()).toEqual(
    named.filter((name) => name !== "createInstallSummaryClient").toSorted(),
  );
});

describe.each(Object.entries(calls))("%s", (name, parts) => {
  const [, call] = functions.find(([other]) => other === name) ?? [];
  const whole = parts.map(([argument]) => argument);

  test("takes what it is for", () => {
    expect(() => call?.(...whole)).not.toThrow();
  });

  const cases = parts.flatMap(([argument, refused], place) =>
    foreign
      // A default takes the place of undefined, and a list is a list.
      .filter(([, value]) => value !== undefined || place < 1)
      .filter(([, value]) => !Array.isArray(value) || !Array.isArray(argument))
      .map(([what, value]) => ({ what, refused, run: () => call?.(...whole.with(place, value)), place })),
  );

  test.each(cases.filter(({ refused }) => refused === lenient))("takes $what", ({ run }) => {
    expect(run).not.toThrow();
  });

  test.each(cases.filter(({ refused }) => refused !== lenient))(
    "says what is wrong with $what as argument $place",
    ({ run, refused }) => {
      const thrown = messageOf(run);
      expect(thrown).toMatch(/^(?:TypeError|RangeError|GraphError): /);
      expect(thrown).toContain(`: ${refused}`);
      expect(thrown).not.toMatch(
        /Cannot (?:read|destructure|convert)|is not (?:a function|iterable)|reading '/,
      );
    },
  );
});

describe("what is wrong inside an argument is named as it was given", () => {
  const wrong = { failedUserCount: "x0" };
  const other = { ...summary, id: "11111111-1111-1111-1111-111111111111" };
  const edited = { base: summary, edit: {}, patch: {}, failure: {} };
  const reading = { kind: "read", current: { summary: 4 } };

  test.each<[call: string, given: readonly unknown[], where: string]>([
    ["judgeOutcome", [sent, summary], "current.summary of judgeOutcome"],
    ["judgeOutcome", [{ ...sent, patch: wrong }, read], "sent.patch of judgeOutcome"],
    ["judgeOutcome", [{ patch: { failedUserCount: 1 }, base: other }, read], "sent.base of judgeOutcome"],
    ["rebaseRefused", [{ ...edited, base: read }, summary], "refused.base of rebaseRefused"],
    ["rebaseRefused", [{ ...edited, patch: wrong }, summary], "refused.patch of rebaseRefused"],
    ["rebaseRefused", [edited, other], "current of rebaseRefused"],
    ["startChange", [{ patch: "x" }, limits], "change.patch of startChange"],
    ["nextStep", [state, { ...reading, current: 4 }], "event.current of nextStep"],
    ["nextStep", [state, reading], "event.current.summary of nextStep"],
    ["parsePatch", [{ id: appId }, { id: 7 }], "id of parsePatch"],
    ["parsePatchText", [`{"id":"${appId}"}`, { id: 7 }], "id of parsePatchText"],
    ["safeParsePatch", [{}, { id: null }], "id of safeParsePatch"],
    ["safeParsePatchText", ["{}", { id: {} }], "id of safeParsePatchText"],
    ["parsePatchJson", [{ kind: "object", members: [] }, { id: 7 }], "id of parsePatchJson"],
  ])("%s: %#", (name, given, where) => {
    const [, call] = functions.find(([one]) => one === name) ?? [];
    expect(messageOf(() => call?.(...given))).toMatch(new RegExp(`^TypeError: ${where} must be `));
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
}
