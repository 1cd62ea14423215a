import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shareFacade, summary } from "./facades.ts";
import { openConnection, splitResponses } from "./sockets.ts";

const facade = shareFacade();

type Sent =
  | { readonly kind: "read" }
  | { readonly kind: "page" }
  | { readonly kind: "unauthorized" }
  | { readonly kind: "write"; readonly value: number; readonly isChunked: boolean };

const sent: fc.Arbitrary<Sent> = fc.oneof(
  fc.constant({ kind: "read" } as const),
  fc.constant({ kind: "page" } as const),
  fc.constant({ kind: "unauthorized" } as const),
  fc.record({ kind: fc.constant("write" as const), value: fc.nat({ max: 9999 }), isChunked: fc.boolean() }),
);

test("requests of one connection, in pieces of any size, are served one after the other, in their order", async () => {
  const token = await facade().issueToken();
  let counter = 1;
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }),
      async (requests, cuts) => {
        const bytes = requests.map((one, index) => format(one, index, index === requests.length - 1, token));
        const { socket, ended } = await openConnection(facade().url);
        for (const piece of cut(bytes.join(""), cuts)) await new Promise((done) => socket.write(piece, done));
        const responses = splitResponses(await ended);
        expect(responses.map(({ head }) => Number(/^client-request-id: (\d+)$/m.exec(head)?.[1]))).toEqual(
          requests.map((_, index) => index),
        );
        // A read behind a write sees it: it began when the write had its response.
        const expected = requests.map((one) => {
          if (one.kind === "write") counter = one.value;
          if (one.kind === "unauthorized") return [401];
          return one.kind === "page" ? [200] : [200, counter];
        });
        expect(responses.map(({ status, body }) => [status, ...countersOf(body)])).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});

/** The counter of a summary; nothing for an error and a page. */
function countersOf(body: string): readonly number[] {
  return [...body.matchAll(/"failedDeviceCount":(\d+)/g)].map(([, value]) => Number(value));
}

function format(one: Sent, index: number, isLast: boolean, token: string): string {
  const method = one.kind === "write" ? "PATCH" : "GET";
  const authorization = one.kind === "unauthorized" ? "" : `Authorization: Bearer ${token}\r\n`;
  const head = `${method} ${one.kind === "page" ? "/" : summary} HTTP/1.1\r\nHost: localhost\r\n${authorization}client-request-id: ${index}\r\n${isLast ? "Connection: close\r\n" : ""}`;
  if (one.kind !== "write") return `${head}\r\n`;
  const body = JSON.stringify({ failedDeviceCount: one.value });
  const json = `${head}Content-Type: application/json\r\n`;
  return one.isChunked
    ? `${json}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    : `${json}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** The text in pieces of these lengths, and what is left as the last one. */
function cut(text: string, lengths: readonly number[]): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return [...pieces, text.slice(at)].filter((piece) => piece !== "");
}
