import { expect, test } from "vitest";
import { sampleSummary } from "../../test/samples.ts";
import { decidePatch } from "./decide-patch.ts";

const current = { summary: sampleSummary(), version: 7 };
const patch = { failedDeviceCount: 0 };

test("a patch that alters a counter makes the next version", () => {
  expect(decidePatch(current, patch)).toEqual({
    kind: "changed",
    summary: sampleSummary({ failedDeviceCount: 0 }),
    version: 8,
  });
});

test("a store with ETags of its own gets the same decisions, without a version", () => {
  const tagged = { summary: sampleSummary(), etag: 'W/"opaque"' };
  expect(decidePatch(tagged, patch, { ifMatch: '"opaque"' })).toEqual({
    kind: "changed",
    summary: sampleSummary({ failedDeviceCount: 0 }),
  });
  expect(decidePatch(tagged, {}, { ifNoneMatch: 'W/"7"' })).toEqual({ kind: "unchanged" });
  expect(decidePatch(tagged, patch, { ifMatch: 'W/"7"' })).toMatchObject({
    kind: "refused",
    error: { message: 'The resource has changed since it was read. Its current ETag is W/"opaque".' },
  });
});

test("a patch that alters nothing makes no version", () => {
  expect(decidePatch(current, {})).toEqual({ kind: "unchanged" });
  expect(decidePatch(current, { failedDeviceCount: current.summary.failedDeviceCount })).toEqual({
    kind: "unchanged",
  });
});

test.each([{ ifMatch: 'W/"7"' }, { ifMatch: '"6", "7"' }, { ifMatch: "*" }, { ifNoneMatch: 'W/"6"' }, {}])(
  "a PATCH passes with preconditions that hold: %j",
  (preconditions) => {
    expect(decidePatch(current, patch, preconditions).kind).toBe("changed");
  },
);

test.each([
  { ifMatch: 'W/"6"' },
  { ifMatch: '"6", "8"' },
  { ifNoneMatch: 'W/"7"' },
  { ifNoneMatch: "*" },
  // B58: the current tag in both.
  { ifMatch: 'W/"7"', ifNoneMatch: 'W/"7"' },
])("a precondition that fails is a 412 with the current ETag: %j", (preconditions) => {
  expect(decidePatch(current, patch, preconditions)).toEqual({
    kind: "refused",
    error: expect.objectContaining({
      status: 412,
      code: "PreconditionFailed",
      innerCode: "resourceModified",
      message: 'The resource has changed since it was read. Its current ETag is W/"7".',
    }),
  });
});

test("a failed precondition is a 412 for a patch without effect too", () => {
  expect(decidePatch(current, {}, { ifMatch: 'W/"6"' }).kind).toBe("refused");
});

test.each([{ ifMatch: '"a' }, { ifNoneMatch: "" }])(
  "a malformed precondition is a 400: %j",
  (preconditions) => {
    expect(decidePatch(current, patch, preconditions)).toEqual({
      kind: "refused",
      error: expect.objectContaining({ status: 400, innerCode: "malformedEntityTag" }),
    });
  },
);

test("a malformed header is reported before a version that does not match", () => {
  for (const preconditions of [
    { ifMatch: 'W/"6"', ifNoneMatch: "abc" },
    { ifMatch: "abc", ifNoneMatch: 'W/"7"' },
  ]) {
    expect(decidePatch({ summary: sampleSummary(), version: 7 }, {}, preconditions)).toMatchObject({
      kind: "refused",
      error: { status: 400, innerCode: "malformedEntityTag" },
    });
  }
});
