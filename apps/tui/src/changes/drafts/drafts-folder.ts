import { join } from "node:path";
import { userFolders } from "../../config/user-folders.ts";

/** The folder of the drafts, and of the sessions that write them. Rejects where the user has no home. */
export async function draftsFolder(): Promise<string> {
  const { data } = await userFolders();
  return join(data, "drafts");
}
