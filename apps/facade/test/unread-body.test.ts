import { once } from "node:events";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { readBytes, readChunks, type NodeExchange } from "../src/server/read-body.ts";
import { runFacade, startServing } from "./programs.ts";
import { openConnection } from "./sockets.ts";
import { temporaryFolder } from "./stores.ts";

const times = { requestSeconds: 3600, importSeconds: 3600 };
const hold = (): void => {};

test.each([
  [
    "at once",
    (exchange: NodeExchange) =>
      readBytes(exchange, { limit: "bodyBytes", maxBytes: 100 }, { times, hold, inTurn: (work) => work() }),
  ],
  [
    "in chunks",
    async (exchange: NodeExchange) => {
      for await (const _ of readChunks(exchange, times));
    },
  ],
])("a body that is read %s is awaited no longer once its response is sent", async (_, readBody) => {
  const reading = Promise.withResolvers<unknown>();
  const server = createServer((incoming, outgoing) => {
    reading.resolve(readBody({ incoming, outgoing }).catch((error: unknown) => error));
    outgoing.writeHead(503).end();
  });
  onTestFinished(() => server.closeAllConnections());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { socket, received } = await openConnection(`http://127.0.0.1:${port}`);
  socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\npart");
  await received(/503/);
  expect(await reading.promise).toMatchObject({ code: "ServiceUnavailable" });
  server.close();
});

test.each(["", "ApplicationId"])(
  "serve ends at once while a body comes of which %j has arrived",
  async (part) => {
    const folder = temporaryFolder();
    const place = { folder };
    const token = (await runFacade(place, "token")).stdout.trim();
    const serving = await startServing(place);
    const { socket, ended } = await openConnection(new URL(serving.url).origin);
    const head = `POST /api/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: text/csv`;
    socket.write(`${head}\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n`);
    await new Promise<void>((resolve) => socket.once("data", () => resolve()));
    socket.write(part);
    expect(await serving.stop("SIGTERM")).toBe(0);
    expect(await ended).toContain("503 Service Unavailable");
  },
);
