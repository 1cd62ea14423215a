import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { UserError } from "./errors/user-error.ts";
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

const stopped = new UserError("Stopped by SIGTERM.", { exit: 143, code: "Stopped" });

test("what was done is waited for until its reader has taken all", async () => {
  const { guard, stdout, ends } = output();
  stdout.write(chunk);
  const fault = guard.fault(["It is done."], new AbortController().signal);
  let isOver = false;
  void fault.then(() => {
    isOver = true;
  });
  for (const turn of [1, 2]) {
    for (let wait = 0; wait < 3; wait += 1) await new Promise(setImmediate);
    expect([isOver, ends.length]).toEqual([false, turn]);
    ends[turn - 1]?.();
  }
  expect(await fault).toBeUndefined();
});

test.each(["before", "meanwhile"])("a request to stop that came %s names what was done", async (when) => {
  const { guard, stdout } = output();
  stdout.write(chunk);
  const stop = new AbortController();
  if (when === "before") stop.abort(stopped);
  const fault = guard.fault(["It is done."], stop.signal);
  if (when === "meanwhile") stop.abort(stopped);
  expect(await fault).toMatchObject({
    message: "Stopped by SIGTERM. Standard output was not read to its end.",
    exit: 143,
    help: ["It is done."],
  });
});

test("a request to stop is no error where all is read, or nothing was done", async () => {
  const read = new Writable({ write: (_chunk, _encoding, end) => end() });
  const signal = AbortSignal.abort(stopped);
  const guard = guardOutput({ stdout: read, stderr: new Writable() });
  read.write(chunk);
  expect(await guard.fault(["It is done."], signal)).toBeUndefined();
  const held = output();
  held.stdout.write(chunk);
  expect(await held.guard.fault([], signal)).toBeUndefined();
});
