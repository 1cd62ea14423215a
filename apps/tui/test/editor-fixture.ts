import { openTerminal, type Terminal, type TerminalOptions } from "@tooling/terminal";
import { afterEach, beforeEach, vi } from "vitest";
import type { MemoryApp } from "@install-summary/core/contract";
import { startContractServer, type ContractServer } from "./contract-server.ts";
import { program } from "./run-program.ts";
import { awkwardNames, sampleApp } from "./sample-apps.ts";

/** Keys as a terminal sends them. */
export const keys = {
  enter: "\r",
  escape: "\u001b",
  up: "\u001b[A",
  down: "\u001b[B",
  right: "\u001b[C",
  tab: "\t",
  ctrlC: "\u0003",
  ctrlL: "\u000c",
  ctrlZ: "\u001a",
} as const;

export interface EditorFixture {
  readonly server: ContractServer;
  /** Starts the built editor for the server in a pseudo-terminal. */
  start(options?: Partial<TerminalOptions>): Terminal;
  /** The environment of an editor for the server. */
  env(): Readonly<Record<string, string | undefined>>;
}

/** The failed devices of the first three apps in the list, which has the most first. */
const failures = [341, 96, 32];

/** Starts a server with awkward apps before each test, and ends it and the editor afterwards. */
export function useEditorFixture(apps: readonly MemoryApp[] = awkwardApps()): EditorFixture {
  let server: ContractServer | undefined;
  let terminal: Terminal | undefined;
  // Each test starts a program, which is slow on a busy machine.
  vi.setConfig({ testTimeout: 30_000 });

  beforeEach(async () => {
    server = await startContractServer({ apps });
  });
  afterEach(async () => {
    await terminal?.close();
    await server?.close();
  });

  const running = (): ContractServer => {
    if (server === undefined) throw new Error("No test is running.");
    return server;
  };
  const env = (): Readonly<Record<string, string>> => ({
    PATH: process.env["PATH"] ?? "",
    LANG: "C.UTF-8",
    INSTALL_SUMMARY_URL: running().url,
    INSTALL_SUMMARY_TOKEN: running().token,
  });
  return {
    get server() {
      return running();
    },
    env,
    start(options = {}) {
      terminal = openTerminal({ command: process.execPath, args: [program], env: env(), ...options });
      return terminal;
    },
  };
}

function awkwardApps(): readonly MemoryApp[] {
  return awkwardNames.map((name, index) =>
    sampleApp(index, name, { failedDeviceCount: failures[index] ?? 13 - index }),
  );
}
