import { expect, test } from "vitest";
import { readEvents } from "./event-stream.ts";

function bodyOf(...parts: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });
}

test("events have a name and data; a comment is an event of its own name", async () => {
  const lines = [": hello", "", "event: change", "id: c5", 'data: {"a":1}', "", ": bye", "", ""];
  for (const text of ["\n", "\r\n", "\r"].map((end) => lines.join(end))) {
    for (let at = 0; at <= text.length; at += 1) {
      const events = await collect(readEvents(bodyOf(text.slice(0, at), text.slice(at)), 1000));
      expect(events.slice(0, 2)).toEqual([
        { event: "comment", data: "" },
        { event: "change", data: '{"a":1}' },
      ]);
    }
  }
});

test("an event that is never finished is none", async () => {
  expect(await collect(readEvents(bodyOf("event: change\ndata: {}"), 1000))).toEqual([]);
});

test("a stream that is silent, or one endless event, is given up, and its connection is closed", async () => {
  let closed = 0;
  const silent = new ReadableStream<Uint8Array>({ cancel: () => void (closed += 1) });
  await expect(collect(readEvents(silent, 1))).rejects.toThrow("silent");
  const part = new Uint8Array(256 * 1024).fill(97);
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(part),
    cancel: () => void (closed += 1),
  });
  await expect(collect(readEvents(endless, 1000))).rejects.toThrow("too long");
  expect(closed).toBe(2);
});

test("a stream that is not UTF-8 is given up, and its texts do not come out wrong", async () => {
  const latin1 = Uint8Array.from("event: change\ndata: Grüße\n\n", (letter) => letter.charCodeAt(0));
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(latin1) });
  await expect(collect(readEvents(body, 1000))).rejects.toThrow(TypeError);
});

test("it ends with its signal, also where the body does not know of it, and the connection is closed", async () => {
  let closed = 0;
  const body = new ReadableStream<Uint8Array>({ cancel: () => void (closed += 1) });
  const end = new AbortController();
  const events = collect(readEvents(body, 60_000, end.signal));
  end.abort(new Error("the person quits"));
  await expect(events).rejects.toThrow("the person quits");
  expect(closed).toBe(1);
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
