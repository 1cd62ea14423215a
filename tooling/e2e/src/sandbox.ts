import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty folder and a free port, as a newcomer has them. */
export interface Sandbox {
  readonly folder: string;
  readonly port: number;
  /** The environment of programs in this sandbox. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Creates a sandbox for one test and removes it afterwards. */
export async function createSandbox(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "install-summary-e2e-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const port = await freePort();
  // The settings of the person who runs the tests must not apply.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("INSTALL_SUMMARY_"));
  return {
    folder,
    port,
    env: {
      ...Object.fromEntries(inherited),
      INIT_CWD: folder,
      INSTALL_SUMMARY_PORT: String(port),
      // What is in their home neither, such as drafts and profiles.
      HOME: folder,
      USERPROFILE: folder,
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_DATA_HOME: join(folder, "data"),
      APPDATA: join(folder, "config"),
      LOCALAPPDATA: join(folder, "data"),
    },
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
