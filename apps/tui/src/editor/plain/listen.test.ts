import { expect, test, vi } from "vitest";
import { listen, type Heard, type Listener } from "./listen.ts";

/** A listener whose lines, end and changes come as the test says. */
function open(): {
  readonly listener: Listener;
  readonly change: () => void;
  readonly type: (line: string) => void;
  readonly end: (exit: number) => void;
  /** How often the line that is waited for and the end were listened to. */
  readonly reactions: () => number;
} {
  const subscribers = new Set<() => void>();
  const subscribe = (changed: () => void): (() => void) => {
    subscribers.add(changed);
    return () => subscribers.delete(changed);
  };
  let line = Promise.withResolvers<IteratorResult<string, unknown>>();
  const ended = Promise.withResolvers<Heard>();
  const spies = [vi.spyOn(line.promise, "then"), vi.spyOn(ended.promise, "then")];
  const next = (): Promise<IteratorResult<string, unknown>> => line.promise;
  return {
    listener: listen(subscribe, { next }, ended.promise),
    change() {
      for (const changed of subscribers) changed();
    },
    type(value) {
      const typed = line;
      line = Promise.withResolvers();
      typed.resolve({ done: false, value });
    },
    end: (exit) => ended.resolve({ exit }),
    reactions: () => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0),
  };
}

test("however often the editor changes, the line and the end are listened to once", async () => {
  const { listener, change, type, reactions } = open();
  for (let index = 0; index < 100; index += 1) {
    const heard = listener.orChange({ lines: true });
    change();
    expect(await heard).toBeUndefined();
  }
  expect(reactions()).toBe(2);
  type("list");
  expect(await listener.first({ lines: true })).toEqual({ done: false, value: "list" });
});

test("a line waits while only the end is heard, and the line after it is heard once it was taken", async () => {
  const { listener, change, type, end } = open();
  type("one");
  const unheard = listener.orChange({ lines: false });
  await Promise.resolve();
  change();
  expect(await unheard).toBeUndefined();
  expect(await listener.first({ lines: true })).toMatchObject({ value: "one" });
  listener.take();
  type("two");
  expect(await listener.first({ lines: true })).toMatchObject({ value: "two" });
  end(7);
  expect(await listener.first({ lines: false })).toEqual({ exit: 7 });
  // As where the input has ended and asked to quit.
  expect(await listener.first({ lines: true })).toMatchObject({ value: "two" });
});

test("lines that have come are dropped, up to the one that has not, and never the end of the input", async () => {
  const { listener, type } = open();
  expect(await listener.drop()).toBe(0);
  type("one");
  expect(await listener.drop()).toBe(1);
  type("two");
  expect(await listener.first({ lines: true })).toMatchObject({ value: "two" });
  const lines = ["three", "four"].values();
  const ending = listen(
    () => () => undefined,
    { next: () => Promise.resolve(lines.next()) },
    new Promise(() => undefined),
  );
  expect(await ending.drop()).toBe(2);
  expect(await ending.first({ lines: true })).toMatchObject({ done: true });
});
