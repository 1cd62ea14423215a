import { once } from "node:events";
import { connect } from "node:net";
import { until } from "./until.ts";

/** Waits until something listens on a port of the loopback address. */
export async function waitForPort(port: number, what: string): Promise<void> {
  const isListening = async (): Promise<true> => {
    const socket = connect({ port, host: "127.0.0.1" });
    try {
      await once(socket, "connect");
      return true;
    } finally {
      socket.destroy();
    }
  };
  await until(isListening, { what });
}
