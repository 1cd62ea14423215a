import { expect, test } from "vitest";
import { exampleSummary } from "../../resource/example.ts";
import { goldenPairs } from "../pairs/golden-pairs.ts";
import { checkList } from "./check-list.ts";
import { checkPair, type SendRequest } from "./check-pair.ts";
import { checkRace } from "./check-race.ts";

const { id: appId } = exampleSummary;
const [pair] = goldenPairs.filter(({ number }) => number === 2);
const tooLarge = "no usable response: the body must have at most 64 MiB but is larger";

/** A server whose bodies go on for ever, and how many MiB were taken of them. */
function endlessServer(coding: "gzip" | undefined): {
  readonly send: SendRequest;
  readonly taken: () => number;
} {
  let chunks = 0;
  const chunk = new Uint8Array(1024 ** 2).fill(0x20);
  const send: SendRequest = async () => {
    const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        chunks += 1;
        controller.enqueue(chunk);
      },
    });
    const headers = { etag: 'W/"1"' };
    return coding === undefined
      ? new Response(bytes, { headers })
      : new Response(bytes.pipeThrough(new CompressionStream("gzip")), {
          headers: { ...headers, "content-encoding": coding },
        });
  };
  return { send, taken: () => chunks };
}

test.each([
  ["checkPair", checkPairOf],
  ["checkList", (send: SendRequest) => checkList(send, { appId })],
  ["checkRace", (send: SendRequest) => checkRace(send, { appId })],
])("a body without an end is read by %s to 64 MiB and no further", async (_, check) => {
  const { send, taken } = endlessServer(undefined);
  expect(await check(send)).toEqual([tooLarge]);
  expect(taken()).toBeLessThan(100);
});

test("a body in gzip is read no further than to what inflates to 64 MiB", async () => {
  expect(await checkPairOf(endlessServer("gzip").send)).toEqual([tooLarge]);
});

function checkPairOf(send: SendRequest): Promise<readonly string[]> {
  if (pair === undefined) throw new Error("There is no pair 2.");
  return checkPair(pair, send, { appId, etags: new Map([["example", 'W/"1"']]) });
}
