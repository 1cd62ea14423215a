import { UserError } from "@install-summary/command-line/errors";
import { GraphError } from "@install-summary/core";
import { expect, test } from "vitest";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { applyChanges } from "../changes/apply-plan.ts";
import { barePlace } from "../../test/command-place.ts";
import { endOf } from "./apply-end.ts";
import { appliedResult } from "./apply-results.ts";

const bare = { env: {}, place: barePlace };

const changes = [1, 2, 3, 4, 5, 6].map((number) => ({
  state: "ready" as const,
  change: {
    id: sampleId(number),
    etag: null,
    before: { failedDeviceCount: 16 },
    patch: { failedDeviceCount: 8 },
  },
  app: listedApp(number),
  isMoved: false,
}));

/** What became of the changes, in words, where each fails with this error. */
async function messages(error: UserError, signal: AbortSignal): Promise<readonly unknown[]> {
  const applied = await applyChanges(changes, {
    send: () => Promise.reject(error),
    endsAll: () => true,
    say: () => {},
    signal,
  });
  return applied.map((each) => appliedResult(each, bare).message);
}

test("a change that was not sent says what ended the work before it", async () => {
  const { signal } = new AbortController();
  const told = await messages(new UserError("Not signed in.", { exit: 3 }), signal);
  // Four are on their way at the same time.
  expect(told.slice(3)).toEqual([
    "Not signed in.",
    "It was not sent. Not signed in.",
    "It was not sent. Not signed in.",
  ]);
});

test("a change that was not sent since a person stopped the work says so", async () => {
  const reason = new UserError("Stopped by Ctrl-C.", { exit: 130, code: "Stopped" });
  expect(await messages(reason, AbortSignal.abort(reason))).toEqual(
    changes.map(() => "It was not sent. Stopped by Ctrl-C."),
  );
});

const refusal = new GraphError({
  status: 412,
  code: "PreconditionFailed",
  message: "It has changed.",
  requestId: "r-412",
});
const before = listedApp(1, "App 1", { failedDeviceCount: 16 });

test.each([
  [refusal, "this change or by someone else's.", "r-412"],
  [undefined, "Nothing left to change: someone else already set these values.", null],
])("where the values are there after a refusal, it says whose they may be as set does", (open, words, id) => {
  const summary = { ...before.installSummary, failedDeviceCount: 8 };
  const [checked] = changes;
  if (checked === undefined) throw new Error("There are changes.");
  const sent = { summary, etag: 'W/"8"', on: before, patch: {}, ...(open && { refusal: open }) };
  const result = appliedResult({ state: "sent", checked, sent }, bare);
  expect(result).toMatchObject({ result: "unchanged", etag: 'W/"8"', requestId: id, exit: 0 });
  expect(result.message).toContain(words);
});

test.each([
  ["Unknown", "unconfirmed", null],
  ["NotApplied", "unconfirmed", null],
  ["Overtaken", "unconfirmed", null],
  ["Stopped", "unconfirmed", null],
  ["PreconditionFailed", "stale", null],
  ["Forbidden", "refused", before.etag],
])(
  "a change that ended with %s is %s, and of its version no more is told than is known",
  (code, word, etag) => {
    const [checked] = changes;
    if (checked === undefined) throw new Error("There are changes.");
    const error = new UserError("It went wrong.", { code, exit: word === "stale" ? 5 : 7 });
    const result = appliedResult({ state: "failed", checked: { ...checked, app: before }, error }, bare);
    expect(result).toMatchObject({ result: word, etag });
  },
);

test.each([
  ["Overtaken", "Unknown"],
  ["Unknown", "Unknown"],
  ["PreconditionFailed", "PreconditionFailed"],
  ["Forbidden", "NotApplied"],
])(
  "where a change ended with %s the last line has the code %s: what is open is not told as not applied",
  (code, told) => {
    const [checked] = changes;
    if (checked === undefined) throw new Error("There are changes.");
    const error = new UserError("It went wrong.", { code, exit: code === "PreconditionFailed" ? 5 : 7 });
    const result = appliedResult({ state: "failed", checked: { ...checked, app: before }, error }, bare);
    const end = { dryRun: false, isHeld: false, isRebased: false, again: "apply", stopped: undefined };
    expect(endOf([result], end)).toMatchObject({ code: told });
  },
);
