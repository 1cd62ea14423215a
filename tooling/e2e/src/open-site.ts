import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { createFacade, type Facade } from "@install-summary/facade";
import { editorProgram, sampleTenant } from "@tooling/launch/project";
import { onTestFinished } from "vitest";
import { createSandbox } from "./sandbox.ts";

/** How a command ended. */
export interface Ended {
  readonly exit: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** A facade, and a person who is signed in to it, in a folder of their own. */
export interface Site {
  readonly facade: Facade;
  readonly baseUrl: string;
  readonly folder: string;
  readonly client: InstallSummaryClient;
  /** Runs a command of the editor's program in the folder. */
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  /** Writes a file into the folder. */
  readonly write: (name: string, content: string) => Promise<void>;
}

/** Starts a facade with the sample tenant, or an empty one, and ends it with the test. */
export async function openSite({ isEmpty = false } = {}): Promise<Site> {
  const facade = await createFacade();
  onTestFinished(() => facade.close());
  if (!isEmpty) await facade.importReport(createReadStream(sampleTenant));
  const token = await facade.issueToken();
  const sandbox = await createSandbox();
  const baseUrl = `${facade.url}/beta`;
  const env = {
    ...sandbox.env,
    INSTALL_SUMMARY_URL: baseUrl,
    INSTALL_SUMMARY_TOKEN: token,
    INSTALL_SUMMARY_PROFILE: "none",
  };
  return {
    facade,
    baseUrl,
    folder: sandbox.folder,
    client: createInstallSummaryClient({ baseUrl, token: () => token }),
    write: (name, content) => writeFile(join(sandbox.folder, name), content),
    async run(...args) {
      const child = spawn(process.execPath, [editorProgram, ...args], {
        env: { ...env },
        cwd: sandbox.folder,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const [stdout, stderr, [exit]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "exit"),
      ]);
      return { exit, stdout, stderr };
    },
  };
}
