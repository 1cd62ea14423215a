import type { Socket } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { apps, report, shareFacade, summary, useFacade } from "./facades.ts";
import { openConnection, send, splitResponses } from "./sockets.ts";

// A connection that is closed while its caller still sends takes the response away: the caller is told of a broken pipe.
const facade = shareFacade();
const piece = Buffer.alloc(65_536, "x");
const pieces = 32;

const unknown = async (): Promise<string> => "Authorization: Bearer a.b.c\r\n";
const known = async (): Promise<string> => `Authorization: Bearer ${await facade().issueToken()}\r\n`;
const none = async (): Promise<string> => "";
const csv = "Content-Type: text/csv\r\n";
const json = "Content-Type: application/json\r\n";

const refusals = [
  ["an import without a token", "POST /api/imports", none, csv, 401],
  ["an import with an unknown token", "POST /api/imports", unknown, csv, 401],
  ["an import of no report", "POST /api/imports", known, csv, 400],
  ["an import of another type", "POST /api/imports", known, "Content-Type: image/png\r\n", 415],
  ["a change", `PATCH ${summary}`, known, json, 413],
  ["a batch", "POST /beta/$batch", known, json, 413],
  ["a read with a body", `GET ${apps}`, known, "", 413],
] as const;

describe.each([
  ["over a connection that is kept alive", "HTTP/1.1", ""],
  ["with Connection: close", "HTTP/1.1", "Connection: close\r\n"],
  ["over HTTP/1.0", "HTTP/1.0", ""],
])("%s, a caller that reads only once it has sent all gets the response to", (_, version, header) => {
  test.each(refusals)("%s", async (__, target, authorization, type, status) => {
    const { socket, ended, received } = await openConnection(facade().url, { allowHalfOpen: true });
    const head = `${target} ${version}\r\nHost: localhost\r\n${await authorization()}${type}${header}`;
    socket.write(`${head}Content-Length: ${pieces * piece.length}\r\n\r\n`);
    await sendPieces(socket, 20);
    // The response has left by now, and the connection takes the rest all the same.
    await received(/\r\n\r\n./);
    expect(await sendPieces(socket, pieces - 20)).toBe(pieces - 20);
    socket.end();
    const [response] = splitResponses(await ended);
    expect(response).toMatchObject({ status, body: expect.stringMatching(/^\{.*\}$/s) });
  });
});

test("a caller whose file is larger than its limit gets the 413, however much it still sends", async () => {
  const own = await useFacade({ settings: { limits: { importBytes: 1_000_000 } } });
  const authorization = `Authorization: Bearer ${await own.issueToken()}\r\n`;
  const head = `POST /api/imports HTTP/1.1\r\nHost: localhost\r\n${authorization}${csv}Connection: close\r\n`;
  const { socket, ended, received } = await openConnection(own.url, { allowHalfOpen: true });
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const rows = Buffer.from(report.replace(/[^\n]*\n/, "").repeat(100));
  const [header = ""] = report.split("\n", 1);
  socket.write(inChunk(Buffer.from(`${header}\n`)));
  const sent = setInterval(() => socket.write(inChunk(rows)), 1);
  await received(/\r\n\r\n./);
  clearInterval(sent);
  socket.end("0\r\n\r\n");
  expect(splitResponses(await ended).map(({ status }) => status)).toEqual([413]);
});

test("a caller whose body is late gets the 408, though it goes on sending", async () => {
  const own = await useFacade({ settings: { limits: { requestSeconds: 0.2 } } });
  const token = await own.issueToken();
  const { socket, ended, received } = await openConnection(own.url, { allowHalfOpen: true });
  socket.write(
    `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n${json}Content-Length: 1000\r\n\r\n`,
  );
  await received(/\r\n\r\n./);
  expect(await write(socket, " ".repeat(1000))).toBe(true);
  socket.end();
  expect(splitResponses(await ended).map(({ status }) => status)).toEqual([408]);
});

test("a caller whose file is read when the service ends gets the 503, though it goes on sending", async () => {
  const own = await useFacade();
  const head = `POST /api/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${await own.issueToken()}\r\n${csv}`;
  const { socket, ended, received } = await openConnection(own.url, { allowHalfOpen: true });
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  await write(socket, inChunk(Buffer.from(report)));
  const closed = own.close();
  const sent = setInterval(() => socket.write(inChunk(Buffer.from("\n"))), 1);
  await received(/\r\n\r\n./);
  clearInterval(sent);
  expect(await write(socket, "0\r\n\r\n")).toBe(true);
  socket.end();
  expect(splitResponses(await ended).map(({ status }) => status)).toEqual([503]);
  await closed;
});

test("nothing of a request whose body comes after its response stays with a connection that goes on", async () => {
  const { socket, received } = await openConnection(facade().url);
  const warnings: string[] = [];
  const warn = (warning: Error): unknown => warnings.push(warning.name);
  process.on("warning", warn);
  onTestFinished(() => void process.off("warning", warn));
  const head = `POST /api/imports HTTP/1.1\r\nHost: localhost\r\n${csv}Content-Length: 10\r\n`;
  for (let request = 10; request < 60; request += 1) {
    const id = `00000000-0000-4000-8000-0000000000${request}`;
    socket.write(`${head}client-request-id: ${id}\r\n\r\nxxx`);
    await received(new RegExp(`"client-request-id":"${id}"`));
    socket.write("x".repeat(7));
  }
  expect(warnings).toEqual([]);
});

test("what follows a last response on its connection does not take it away", async () => {
  const last = `GET ${apps} HTTP/1.1\r\nHost: localhost\r\n${await known()}Connection: close\r\n\r\n`;
  const more = `PATCH ${summary} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n`;
  const responses = splitResponses(await send(facade().url, last + more + "x".repeat(500_000)));
  expect(responses.map(({ status }) => status)).toEqual([200]);
});

function inChunk(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
}

/** Sends pieces one after the other. Gives how many the connection took. */
async function sendPieces(socket: Socket, count: number): Promise<number> {
  for (let sent = 0; sent < count; sent += 1) if (!(await write(socket, piece))) return sent;
  return count;
}

/** Sends bytes. Gives whether the connection took them. */
function write(socket: Socket, bytes: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve) => void socket.write(bytes, (error) => resolve(error == null)));
}
