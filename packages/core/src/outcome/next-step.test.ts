import { describe, expect, test } from "vitest";
import { sampleSummary } from "../../test/samples.ts";
import { classifyFailure, type FailureFacts } from "./classify-failure.ts";
import { GraphError } from "../http/graph-error.ts";
import type { ChangeEvent, ChangeLimits, ChangeStep } from "./change-state.ts";
import { isUnconfirmed, nextStep, startChange } from "./next-step.ts";

const base = sampleSummary();
const patch = { failedDeviceCount: 8 };
const limits: ChangeLimits = { sends: 3, looks: 3, repeats: 1, pause: 1000, maxWait: 30_000 };

describe("startChange takes no limits without an end", () => {
  test.each(["sends", "looks", "repeats", "pause", "maxWait"] as const)("%s", (name) => {
    for (const [wrong, shown] of [
      [Number.NaN, "NaN"],
      [undefined, "undefined"],
      [null, "null"],
      ["3", '"3"'],
      [-1, "-1"],
    ]) {
      const given: ChangeLimits = Object.assign({ ...limits }, { [name]: wrong });
      expect(() => startChange({ patch }, given)).toThrow(
        new TypeError(`limits.${name} of startChange must be a number from 0; got ${shown}.`),
      );
    }
    for (const right of [0, Infinity]) {
      expect(startChange({ patch }, { ...limits, [name]: right })).toMatchObject({ kind: "send" });
    }
  });
});
const change = { base, patch, etag: 'W/"4"' };
const lost: FailureFacts = { class: "unknown", status: undefined, retryAfter: undefined };
const untouched = { kind: "read", current: { summary: base, etag: 'W/"4"' } } as const;
const applied = { kind: "read", current: { summary: { ...base, ...patch }, etag: 'W/"5"' } } as const;
const overtaken = { kind: "read", current: { summary: base, etag: 'W/"5"' } } as const;

function response(status: number, retryAfter?: number): FailureFacts {
  const error = new GraphError({ status, code: "Any", message: "No." });
  return { class: classifyFailure(error), status, retryAfter };
}

function failed(failure: FailureFacts): ChangeEvent<FailureFacts> {
  return { kind: "failed", failure };
}

function notRead(failure: FailureFacts): ChangeEvent<FailureFacts> {
  return { kind: "readFailed", failure };
}

/** Three failures in a row. */
function three(status: number): readonly ChangeEvent<FailureFacts>[] {
  return Array.from({ length: 3 }, () => failed(response(status)));
}

/** The step after these events, which began with the change being sent. */
function after(
  events: readonly ChangeEvent<FailureFacts>[],
  rest: Partial<ChangeLimits> = {},
  sent = change,
): ChangeStep<FailureFacts> {
  let step = startChange<FailureFacts>(sent, { ...limits, ...rest });
  for (const event of events) step = nextStep(step.state, event);
  return step;
}

test("a change is sent at once", () => {
  expect(after([])).toMatchObject({ kind: "send", wait: 0 });
});

describe("a refusal", () => {
  test.each([400, 401, 403, 404, 412, 428])("of the only request ends it: %i", (status) => {
    const failure = response(status);
    expect(after([failed(failure)])).toMatchObject({ kind: "done", end: { outcome: "refused", failure } });
  });

  test.each([401, 403, 404, 412, 429])(
    "after a 503 says nothing about the first request: %i is looked up",
    (status) => {
      const step = after([failed(response(503)), failed(response(status))], { sends: 2 });
      expect(step).toMatchObject({ kind: "look", state: { failures: [{ status: 503 }, { status }] } });
      expect(nextStep(step.state, overtaken)).toMatchObject({ end: { outcome: "overtaken" } });
    },
  );

  test("that the server has looked up ends it, whatever came before", () => {
    const failure = { ...response(412), notApplied: true };
    const step = after([failed(response(503)), failed(failure)]);
    expect(step).toMatchObject({ kind: "done", end: { outcome: "refused", failure } });
    expect(isUnconfirmed(step.state)).toBe(false);
  });

  test("after a 429 ends it: the first request was never processed", () => {
    expect(after([failed(response(429)), failed(response(412))])).toMatchObject({
      end: { outcome: "refused", failure: { status: 412 } },
    });
  });
});

describe("a busy server", () => {
  test("is sent the same after the time that it names, else after longer and longer pauses", () => {
    expect(after([failed(response(429, 20))])).toMatchObject({ kind: "send", wait: 20_000 });
    expect(after([failed(response(503))])).toMatchObject({ kind: "send", wait: 1000 });
    expect(after([failed(response(503)), failed(response(503))])).toMatchObject({ kind: "send", wait: 2000 });
  });

  test("that stays busy ends it where it was 429 each time, and is looked up after a 503", () => {
    expect(after(three(429))).toMatchObject({ end: { outcome: "refused", failure: { status: 429 } } });
    expect(after(three(503))).toMatchObject({ kind: "look" });
  });

  test("that asks for a longer wait than is allowed is not waited for", () => {
    expect(after([failed(response(429, 31))])).toMatchObject({ kind: "done" });
    expect(after([failed(response(503, 31))])).toMatchObject({ kind: "look", wait: 1000 });
  });
});

describe("a change that may have been applied", () => {
  test.each([lost, response(408), response(500), response(504)])("is looked up: %o", (failure) => {
    expect(after([failed(failure)])).toMatchObject({ kind: "look", wait: 1000 });
  });

  test.each([response(408), response(500)])(
    "ends as reading tells where the server named its fault: %o",
    (failure) => {
      expect(after([failed(failure), applied])).toMatchObject({ end: { outcome: "applied" } });
      expect(after([failed(failure), overtaken])).toMatchObject({ end: { outcome: "overtaken" } });
    },
  );

  test.each([
    ["applied", applied],
    ["overtaken", overtaken],
  ] as const)(
    "is sent once more where no response came and it seems %s: a server may know",
    (outcome, read) => {
      const events = [failed(lost), read];
      expect(after(events)).toMatchObject({ kind: "send", wait: 0 });
      expect(after(events, {}, { ...change, etag: "*" })).toMatchObject({ kind: "done" });
      const lookedUp = { ...response(412), notApplied: true };
      expect(after([...events, failed(lookedUp)])).toMatchObject({
        end: { outcome: "refused", failure: lookedUp },
      });
      // Where it does not, what reading tells stands, once more or as it was.
      for (const again of [lost, response(412), response(403)]) {
        const sent = [...events, failed(again)];
        expect(after(sent)).toMatchObject({ kind: "look" });
        expect(after([...sent, read])).toMatchObject({ end: { outcome } });
        expect(after([...sent, notRead(response(403))])).toMatchObject({ end: { outcome } });
        expect(after([...sent, { kind: "stopped" }])).toMatchObject({ end: { outcome } });
      }
    },
  );

  test("is sent once more under the same version where no response came and reading finds it not applied", () => {
    const again = after([failed(lost), untouched]);
    expect(again).toMatchObject({ kind: "send", wait: 0 });
    expect(after([failed(lost), untouched, failed(lost), untouched])).toMatchObject({
      end: { outcome: "notApplied" },
      state: { failures: [lost, lost] },
    });
  });

  test("is not sent again where the server named its own fault, without one version, or without leave", () => {
    const end = { outcome: "notApplied" };
    expect(after([failed(response(500)), untouched])).toMatchObject({ end });
    expect(after([failed(lost), untouched], { repeats: 0 })).toMatchObject({ end });
    expect(after([failed(lost), untouched], {}, { ...change, etag: "*" })).toMatchObject({ end });
  });

  test("is not sent again where the version of that number has other values", () => {
    const summary = { ...base, installedUserCount: base.installedUserCount + 1 };
    const anew = { kind: "read", current: { summary, etag: 'W/"4"' } } as const;
    expect(after([failed(lost), anew])).toMatchObject({ end: { outcome: "overtaken" } });
  });

  test("is looked up again after longer and longer pauses, and then its outcome is unknown", () => {
    const events = [failed(lost), notRead(lost)];
    expect(after(events)).toMatchObject({ kind: "look", wait: 2000 });
    expect(after([...events, notRead(response(503, 9))])).toMatchObject({ kind: "look", wait: 9000 });
    expect(after([...events, notRead(lost), notRead(lost)])).toMatchObject({
      kind: "done",
      end: { outcome: "unknown", failure: lost },
    });
  });

  test("is not looked up again where reading is refused", () => {
    expect(after([failed(lost), notRead(response(403))])).toMatchObject({
      end: { outcome: "unknown", failure: { status: 403 } },
    });
  });

  test("stays unknown when it is stopped, and a change that was only told to wait is not", () => {
    expect(after([failed(response(503)), { kind: "stopped" }])).toMatchObject({
      end: { outcome: "unknown" },
    });
    expect(after([failed(lost), { kind: "stopped" }])).toMatchObject({ end: { outcome: "unknown" } });
    expect(after([failed(response(429)), { kind: "stopped" }])).toMatchObject({
      end: { outcome: "refused" },
    });
  });

  test("keeps the failures of an earlier run: a refusal of the next one is looked up", () => {
    const again = startChange<FailureFacts>(change, limits, [response(503), lost]);
    expect(nextStep(again.state, failed(response(403)))).toMatchObject({ kind: "look", wait: 1000 });
    expect(nextStep(again.state, failed(response(503)))).toMatchObject({ kind: "send", wait: 1000 });
  });
});
