import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A person's folder without anything in it, and a port that nobody uses. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  /** What a program in this place has as its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Makes a place for one test; it is removed afterwards. */
export async function freshPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-e2e-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  // The settings of whoever runs the tests are not those of a newcomer.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("INSTALL_SUMMARY_"));
  return {
    folder,
    port,
    env: { ...Object.fromEntries(inherited), INIT_CWD: folder, INSTALL_SUMMARY_PORT: String(port) },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
