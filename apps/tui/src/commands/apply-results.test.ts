import { UserError } from "@install-summary/command-line/errors";
import { expect, test } from "vitest";
import { listedApp, sampleId } from "../../test/sample-apps.ts";
import { applyChanges } from "../changes/apply-plan.ts";
import { appliedResult } from "./apply-results.ts";

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
  return applied.map((each) => appliedResult(each, {}).message);
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
