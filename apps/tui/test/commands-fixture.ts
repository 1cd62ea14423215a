import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { startContractServer, type ContractServer } from "./contract-server.ts";
import { runProgram, type Ended, type ProgramOptions } from "./run-program.ts";
import { sampleApp, sampleId } from "./sample-apps.ts";

/** A server for the commands of each test, and an empty folder. */
export interface CommandsFixture {
  readonly server: ContractServer;
  readonly folder: string;
}

/** The app that most tests change. It has version 7. */
export const google: string = sampleId(0);

/** Starts a server with four apps before each test and ends it afterwards. */
export function useCommandsFixture(): CommandsFixture {
  let current: CommandsFixture | undefined;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), "install-summary-commands-"));
    const server = await startContractServer({
      pageSize: 2,
      apps: [
        { ...sampleApp(0, "Google 給与計算システム 2.2"), version: 7 },
        sampleApp(1, "Adobe Reader", { failedDeviceCount: 3 }),
        sampleApp(2, "Adobe Reader DC", { failedDeviceCount: 341 }),
        sampleApp(3, "Evil\u001b[2J\u009b App", { failedDeviceCount: 0 }),
      ],
    });
    current = { server, folder };
  });

  afterEach(async () => {
    await current?.server.close();
    if (current !== undefined) await rm(current.folder, { recursive: true });
  });

  const running = (): CommandsFixture => {
    if (current === undefined) throw new Error("No test is running.");
    return current;
  };
  return {
    get server() {
      return running().server;
    },
    get folder() {
      return running().folder;
    },
  };
}

/** The environment of a caller who is signed in to the server. The config file of the person who runs the tests is not asked. */
export function signedIn({ url, token }: ContractServer): Record<string, string> {
  return { INSTALL_SUMMARY_URL: url, INSTALL_SUMMARY_TOKEN: token, INSTALL_SUMMARY_PROFILE: "none" };
}

/** Runs a command as a caller who is signed in. Expects no token in its output. */
export async function runSignedIn(
  server: ContractServer,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Ended> {
  const ended = await runProgram(args, { ...options, env: { ...signedIn(server), ...options.env } });
  expect(ended.stdout + ended.stderr).not.toContain(server.token);
  return ended;
}

/** The patches that the server received. */
export function patchesAt({ requests }: ContractServer): readonly {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}[] {
  const sent = requests.filter(({ method }) => method === "PATCH");
  return sent.map(({ body, headers }) => ({ body: JSON.parse(body), headers }));
}

/** The last line of an error, as JSON. */
export function jsonError(stderr: string): unknown {
  return JSON.parse(stderr.trimEnd().split("\n").at(-1) ?? "");
}
