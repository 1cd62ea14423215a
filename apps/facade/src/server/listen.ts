import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { UserError } from "@install-summary/command-line/errors";

/** Binds a server, whose port is set by `option`, and returns its port. Throws `UserError` where the address cannot be had. */
export async function listen(server: Server, host: string, port: number, option = "--port"): Promise<number> {
  try {
    server.listen({ host, port });
    await once(server, "listening");
    return boundPort(server);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    throw new UserError(
      reasons.get(code)?.(host, port, option) ?? `Cannot listen on ${host}:${port}: ${String(error)}.`,
      { cause: error },
    );
  }
}

/** Checks that an address, whose port is set by `option`, is free, without serving anything on it. Throws `UserError` where it is not. */
export async function checkAddress(host: string, port: number, option?: string): Promise<void> {
  const probe = createServer((socket) => socket.destroy());
  await listen(probe, host, port, option);
  await new Promise((resolve) => probe.close(resolve));
}

const reasons: ReadonlyMap<unknown, (host: string, port: number, option: string) => string> = new Map([
  [
    "EADDRINUSE",
    (host: string, port: number, option: string) =>
      `Port ${port} of ${host} is in use. Stop the program that uses it, or choose another with ${option}.`,
  ],
  [
    "EACCES",
    (_host: string, port: number) =>
      `Port ${port} needs more rights than this program has. Choose one above 1023.`,
  ],
  ["EADDRNOTAVAIL", (host: string) => `${host} is not an address of this machine.`],
  ["ENOTFOUND", (host: string) => `The host ${host} is not known.`],
]);

function boundPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server is not bound to a port");
  return address.port;
}
