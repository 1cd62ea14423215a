import { graphError } from "@install-summary/core";
import type { ListedApp, ReadSummary } from "@install-summary/core/client";
import { expect, test } from "vitest";
import { listedApp } from "../../test/sample-apps.ts";
import { isLostAnswer, lookDespite, settleLostAnswer } from "./settle-lost-answer.ts";

const app = listedApp(0);
const appWithoutETag: ListedApp = { ...app, etag: undefined };
const patch = { failedDeviceCount: 8 };
const lost = Object.assign(new Error("the connection broke"), { name: "NetworkError" });

/** Settles with what the reads give, one after the other. */
function settle(reads: readonly (ReadSummary | Error)[], of: ListedApp = app): Promise<ReadSummary> {
  const left = [...reads];
  const get = async (): Promise<ReadSummary> => {
    const next = left.shift();
    if (next === undefined || next instanceof Error) throw next ?? new Error("read too often");
    return next;
  };
  return settleLostAnswer({ get }, of, patch, lost, new AbortController().signal, [0, 0]);
}

const untouched: ReadSummary = { summary: app.installSummary, etag: app.etag };
const applied: ReadSummary = { summary: { ...app.installSummary, ...patch }, etag: 'W/"8"' };
const strange: ReadSummary = { summary: { ...app.installSummary, failedDeviceCount: 350 }, etag: 'W/"8"' };

test("a change that was applied is given as if it had been answered", async () => {
  await expect(settle([applied])).resolves.toEqual(applied);
});

test("it counts as applied where others have changed other counters since", async () => {
  const later = { summary: { ...applied.summary, failedUserCount: 7 }, etag: 'W/"9"' };
  await expect(settle([later])).resolves.toEqual(later);
});

test("the version that was there before says that it was not applied", async () => {
  await expect(settle([untouched])).rejects.toMatchObject({
    exit: 7,
    code: "NotApplied",
    message: 'no answer came, and W/"7" is unchanged: the change was not applied so far.',
    help: [expect.stringContaining(`--if-match 'W/"7"'`)],
  });
});

test("values of somebody else are a conflict", async () => {
  await expect(settle([strange])).rejects.toMatchObject({ exit: 5, code: "PreconditionFailed" });
});

test("without versions the values tell", async () => {
  const noETag = { etag: undefined };
  await expect(settle([{ ...applied, ...noETag }], appWithoutETag)).resolves.toMatchObject(noETag);
  await expect(settle([{ ...untouched, ...noETag }], appWithoutETag)).rejects.toMatchObject({
    code: "NotApplied",
  });
});

test("it reads again while the server does not answer", async () => {
  await expect(settle([lost, applied])).resolves.toEqual(applied);
});

test("what cannot be read is not guessed", async () => {
  await expect(settle([lost, graphError("ServiceUnavailable", "later")])).rejects.toMatchObject({
    exit: 7,
    code: "NoAnswer",
    message: expect.stringContaining("not known"),
  });
});

test("a refusal to read is told as it is", async () => {
  const gone = graphError("ResourceNotFound", "gone");
  await expect(settle([gone])).rejects.toBe(gone);
});

test.each([
  [lost, true],
  [Object.assign(new Error("late"), { name: "TimeoutError" }), true],
  [graphError("GatewayTimeout", "late"), true],
  [graphError("InternalServerError", "broken"), true],
  [graphError("ServiceUnavailable", "busy: not even begun"), false],
  [graphError("Forbidden", "no"), false],
  [new TypeError("ours"), false],
])("%s leaves open whether the change was applied: %s", (error, isOpen) => {
  expect(isLostAnswer(error)).toBe(isOpen);
});

test("a change that is there was applied whatever a gateway said, and else the refusal stays", async () => {
  const refusal = graphError("ServiceUnavailable", "Busy.");
  const look = (now: ReadSummary | Error): Promise<ReadSummary> => {
    const get = async (): Promise<ReadSummary> => {
      if (now instanceof Error) throw now;
      return now;
    };
    return lookDespite(refusal, { get }, app.id, patch, new AbortController().signal);
  };
  await expect(look(applied)).resolves.toEqual(applied);
  await expect(look(untouched)).rejects.toBe(refusal);
  await expect(look(lost)).rejects.toBe(refusal);
});
