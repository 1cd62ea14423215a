import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { onTestFinished } from "vitest";

/** A connection on which a test sends any bytes. */
export interface RawConnection {
  readonly socket: Socket;
  /** Everything that was received, once the server has ended the connection. */
  readonly ended: Promise<string>;
  /** Waits until what was received matches. */
  readonly received: (pattern: RegExp) => Promise<string>;
}

/** How a test behaves on its connection. */
interface Sending {
  /** Whether it may go on sending once the server has ended its side. @default false */
  readonly allowHalfOpen?: boolean;
}

/** Connects to a server, over TLS where its URL says so; the socket is destroyed at the end of the test. */
export async function connectTo(url: string, sending: Sending = {}): Promise<Socket> {
  const { protocol, hostname: host, port } = new URL(url);
  const isTls = protocol === "https:";
  const options = { host, port: Number(port), ...sending };
  const socket = isTls ? connectTls(options) : connect(options);
  onTestFinished(() => void socket.destroy());
  await once(socket, isTls ? "secureConnect" : "connect");
  return socket;
}

/** Resolves once a server takes no more connections. Those that wait when its end begins are taken. */
export async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const isTaken = await connectTo(url).then(
      (socket) => socket.destroy().destroyed,
      () => false,
    );
    if (!isTaken) return;
  }
}

export async function openConnection(url: string, sending?: Sending): Promise<RawConnection> {
  const socket = await connectTo(url, sending);
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
  // A connection that is cut counts as ended.
  socket.on("error", () => socket.destroy());
  const ended = new Promise<string>((resolve) => socket.once("close", () => resolve(text)));
  return {
    socket,
    ended,
    async received(pattern) {
      while (!pattern.test(text)) {
        if (socket.destroyed) throw new Error(`the connection ended with: ${text}`);
        await new Promise<void>((resolve) => {
          const go = (): void => {
            socket.off("data", go).off("close", go);
            resolve();
          };
          socket.on("data", go).on("close", go);
        });
      }
      return text;
    },
  };
}

/** Sends bytes, and resolves to everything that is received until the server ends the connection. */
export async function send(url: string, bytes: string | Uint8Array): Promise<string> {
  const { socket, ended } = await openConnection(url);
  socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  return ended;
}

/** Splits the responses in a text, each into its status, headers and body. */
export function splitResponses(text: string): readonly { status: number; head: string; body: string }[] {
  const responses = [];
  let rest = text;
  while (rest !== "") {
    const end = rest.indexOf("\r\n\r\n");
    if (end === -1) throw new Error(`no whole head: ${rest}`);
    const head = rest.slice(0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
    responses.push({ status, head, body: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return responses;
}
