import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { platform, userInfo } from "node:os";
import { fileErrorText, UserError } from "@install-summary/command-line/errors";

/**
 * Makes the data folder, readable for its owner alone, or checks the one that is there. Throws `UserError` where
 * it cannot be written, or where others could put keys of their own into it.
 */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UserError(`The data folder ${folder} cannot be used: ${fileErrorText(error)}.`, {
      cause: error,
    });
  }
  // Windows has no owners and modes of this kind.
  if (platform() === "win32") return;
  const { uid, mode } = statSync(folder);
  const me = userInfo().uid;
  if (me !== 0 && uid !== me) {
    throw new UserError(`The data folder ${folder} belongs to another user. Choose another with --data.`);
  }
  if ((mode & 0o022) !== 0) {
    throw new UserError(`Other users can write to the data folder ${folder}. Run: chmod 700 ${folder}`);
  }
}
