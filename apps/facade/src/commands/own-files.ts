import { join } from "node:path";
import { folderFiles } from "../files/folder-files.ts";
import type { OwnFiles } from "../files/refuse-own-file.ts";
import { resolvePath } from "../files/resolve-path.ts";
import { defaultStore } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { SharedFlags } from "./setting-flags.ts";

/**
 * The files that a command which writes a file must leave as they are. The store of the data folder is one of them also where
 * `--store` names another: a facade may serve it.
 */
export function ownFiles(
  { data, store, certificate, privateKey }: Settings,
  { config }: SharedFlags,
  folder: string,
): OwnFiles {
  const configFile = config === undefined ? undefined : resolvePath(folder, config);
  const ofStore = store.kind === "postgres" ? [store.passwordFile, store.rootCertificate] : [];
  const named = [configFile, certificate, privateKey, ...ofStore];
  return {
    stores: [...(store.kind === "sqlite" ? [store.file] : []), defaultStore(data).file],
    others: [
      ...Object.values(folderFiles).map((name) => join(data, name)),
      ...named.filter((file) => file !== undefined),
    ],
  };
}
