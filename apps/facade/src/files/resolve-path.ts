import { shownWord, UserError } from "@install-summary/command-line/errors";
import { withoutStorePassword } from "@install-summary/command-line/passwords";
import { resolve } from "node:path";
import { isUrl } from "./is-url.ts";

/** The absolute path of a file that a person named. Throws `UserError` for a URL, whose password no message repeats. */
export function resolvePath(folder: string, file: string): string {
  if (!isUrl(file)) return resolve(folder, file);
  const shown = shownWord(withoutStorePassword(file));
  throw new UserError(`${shown} is a URL. Name a file by its path here, and a store with --store.`);
}
