import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openTerminal, type Terminal, type TerminalOptions } from "@tooling/terminal";
import { afterEach, beforeEach } from "vitest";
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
  /** The folder of the data of a test's editors. */
  folder(): string;
}

/** The failed devices of the first three apps in the list, which has the most first. */
const failures = [341, 96, 32];

/** Starts a server with awkward apps before each test, and ends it and the editor afterwards. */
export function useEditorFixture(apps: readonly MemoryApp[] = awkwardApps()): EditorFixture {
  let server: ContractServer | undefined;
  let terminals: readonly Terminal[] = [];
  let folder = "";

  beforeEach(async () => {
    server = await startContractServer({ apps });
    folder = await mkdtemp(join(tmpdir(), "install-summary-editor-"));
  });
  afterEach(async () => {
    for (const terminal of terminals) await terminal.close();
    terminals = [];
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const running = (): ContractServer => {
    if (server === undefined) throw new Error("No test is running.");
    return server;
  };
  const env = (): Readonly<Record<string, string>> => ({
    PATH: process.env["PATH"] ?? "",
    LANG: "C.UTF-8",
    // Drafts of the person who runs the tests are not theirs.
    HOME: folder,
    XDG_DATA_HOME: folder,
    LOCALAPPDATA: folder,
    INSTALL_SUMMARY_URL: running().url,
    INSTALL_SUMMARY_TOKEN: running().token,
  });
  return {
    get server() {
      return running();
    },
    env,
    start(options = {}) {
      const terminal = openTerminal({ command: process.execPath, args: [program], env: env(), ...options });
      terminals = [...terminals, terminal];
      return terminal;
    },
    folder: () => folder,
  };
}

function awkwardApps(): readonly MemoryApp[] {
  return awkwardNames.map((name, index) =>
    sampleApp(index, name, { failedDeviceCount: failures[index] ?? 13 - index }),
  );
}
