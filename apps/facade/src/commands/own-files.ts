import { join } from "node:path";
import { folderFiles } from "../files/folder-files.ts";
import type { OwnFiles } from "../files/refuse-own-file.ts";
import { resolvePath } from "../files/resolve-path.ts";
import type { Settings } from "../settings/settings.ts";
import type { SharedFlags } from "./setting-flags.ts";

/** The files that a command which writes a file must leave as they are. */
export function ownFiles(
  { data, store, certificate, privateKey }: Settings,
  { config }: SharedFlags,
  folder: string,
): OwnFiles {
  const configFile = config === undefined ? undefined : resolvePath(folder, config);
  const ofStore = store.kind === "postgres" ? [store.passwordFile, store.rootCertificate] : [];
  const named = [configFile, certificate, privateKey, ...ofStore];
  return {
    store: store.kind === "sqlite" ? store.file : undefined,
    others: [
      ...Object.values(folderFiles).map((name) => join(data, name)),
      ...named.filter((file) => file !== undefined),
    ],
  };
}
