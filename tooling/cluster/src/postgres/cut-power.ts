import type { PostgresServer } from "@tooling/postgres";
import { processesIn, signalAll } from "../processes/processes-in.ts";

/**
 * Ends a server with all its sessions, as a power cut does. Sessions that outlive their server for a moment stop waiting for
 * the standby, and readers then see changes that no standby has.
 */
export async function cutPower(server: PostgresServer): Promise<void> {
  const pid = server.pid();
  // A server that is stopped neither hears of the end of its sessions nor opens further ones.
  signalAll([pid], "SIGSTOP");
  signalAll(
    processesIn(server.folder).filter((one) => one !== pid),
    "SIGKILL",
  );
  await server.stop("SIGKILL");
}
