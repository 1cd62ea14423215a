import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { facadeProgram, fromSources } from "@tooling/launch/project";
import type { Sandbox } from "./sandbox.ts";

const run = promisify(execFile);

/** A token from `install-summary-facade token`, as a person gets it. */
export async function developmentToken({ folder, env }: Sandbox): Promise<string> {
  const args = [fromSources, facadeProgram, "token", "--data", join(folder, ".data")];
  const { stdout } = await run(process.execPath, args, { env: { ...env } });
  return stdout.trim();
}

/** A client of the facade in a sandbox. */
export async function connect(sandbox: Sandbox): Promise<InstallSummaryClient> {
  const token = await developmentToken(sandbox);
  return createInstallSummaryClient({ baseUrl: `http://127.0.0.1:${sandbox.port}/beta`, token: () => token });
}
