import { join } from "node:path";

/** The folder of this program's data for this user. Throws where the user has no home. */
export async function dataFolder(): Promise<string> {
  // It looks the home up when it is loaded.
  const { default: envPaths } = await import("env-paths");
  return envPaths("install-summary", { suffix: "" }).data;
}

/** The folder of the drafts, and of the sessions that write them. */
export async function draftsFolder(): Promise<string> {
  return join(await dataFolder(), "drafts");
}
