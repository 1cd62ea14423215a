import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { bytesTaken } from "../src/server/bytes-taken.ts";
import { makeCertificate } from "./certificates.ts";

/** More than the buffers of two systems hold. */
const size = 48 * 1024 * 1024;

test.each(["plain HTTP", "TLS"])(
  "over %s each part of one long write counts once it is taken",
  async (way) => {
    const accepted = Promise.withResolvers<Socket>();
    const server =
      way === "TLS"
        ? createTlsServer(await makeCertificate(), accepted.resolve)
        : createServer(accepted.resolve);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = addressOf(server.address());
    const client =
      way === "TLS"
        ? connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false })
        : connect(port, "127.0.0.1");
    onTestFinished(() => void client.destroy());
    const socket = await accepted.promise;
    socket.on("error", () => undefined);
    socket.write(Buffer.alloc(size));
    let received = 0;
    let looks = 0;
    let before = 0;
    for await (const chunk of client) {
      received += chunk.length;
      if (received >= size) break;
      if (received <= before) continue;
      // More has arrived than had left by the look before.
      const taken = bytesTaken(socket);
      expect(taken).toBeGreaterThan(before);
      expect(taken).toBeGreaterThanOrEqual(received);
      before = taken;
      looks += 1;
    }
    expect(looks).toBeGreaterThan(2);
  },
);

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address;
}
