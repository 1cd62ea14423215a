import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { guardOutput } from "./output-guard.ts";

const chunk = new Uint8Array([65, 10]);

/** A stream whose writes end as a test says. */
function output() {
  const ends: ((error?: Error) => void)[] = [];
  const stdout = new Writable({ write: (_chunk, _encoding, end) => void ends.push(end) });
  return { guard: guardOutput({ stdout, stderr: new Writable() }), stdout, ends };
}

function failure(code: string): Error {
  return Object.assign(new Error(`write ${code}`), { code });
}

test("what must arrive whole is written no faster than it is read", async () => {
  const { guard, ends } = output();
  let written = 0;
  const writing = (async () => {
    for (; written < 3; written += 1) await guard.write(chunk);
  })();
  for (const expected of [0, 1, 2]) {
    await new Promise(setImmediate);
    expect([written, ends.length]).toEqual([expected, expected + 1]);
    ends[expected]?.();
  }
  await writing;
  expect(await guard.fault([])).toBeUndefined();
});

test.each([
  ["EPIPE", "Standard output was closed before all of it was written. What its reader has is not whole."],
  ["ENOSPC", "Standard output cannot be written: the disk is full (ENOSPC)."],
])("a write that fails with %s is told, once", async (code, message) => {
  const { guard, ends } = output();
  const writing = guard.write(chunk);
  ends[0]?.(failure(code));
  await expect(writing).rejects.toMatchObject({ exit: 1, code: "OutputFailed", message });
  expect(await guard.fault(["It is imported."])).toBeUndefined();
  await expect(guard.write(chunk)).rejects.toMatchObject({ code: "OutputFailed" });
});

test("what is only printed may lose its reader, and a full disk is told in the end", async () => {
  const gone = output();
  gone.stdout.write("a line\n");
  gone.ends[0]?.(failure("EPIPE"));
  expect(await gone.guard.fault([])).toBeUndefined();
  const full = output();
  full.stdout.write("a line\n");
  full.ends[0]?.(failure("ENOSPC"));
  expect(await full.guard.fault(["It is imported."])).toMatchObject({
    code: "OutputFailed",
    help: ["It is imported."],
  });
});
