import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createInstallSummaryClient, type InstallSummaryClient } from "@install-summary/core/client";
import { facadeProgram, fromSources } from "@tooling/launch/project";
import type { Place } from "./fresh-place.ts";

const run = promisify(execFile);

/** A token as a person gets one, by `install-summary-facade token`. */
export async function developmentToken({ folder, env }: Place): Promise<string> {
  const args = [fromSources, facadeProgram, "token", "--data", join(folder, ".data")];
  const { stdout } = await run(process.execPath, args, { env: { ...env } });
  return stdout.trim();
}

/** A client of the facade in that place. */
export async function connect(place: Place): Promise<InstallSummaryClient> {
  const token = await developmentToken(place);
  return createInstallSummaryClient({ baseUrl: `http://127.0.0.1:${place.port}/beta`, token: () => token });
}
