import { dirname, join } from "node:path";
import { folderFiles } from "../files/folder-files.ts";
import { realPath } from "../files/look.ts";
import type { OwnFiles } from "../files/refuse-own-file.ts";
import { resolvePath } from "../files/resolve-path.ts";
import { defaultStore } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import type { SharedFlags } from "./setting-flags.ts";

/**
 * The files that a command which writes a file must leave as they are, of every folder that it touches: the data folder, whose
 * store is one of them also where `--store` names another, and the folder of that other store. A facade may serve each of them.
 */
export function ownFiles(
  { data, store, certificate, privateKey }: Settings,
  { config }: SharedFlags,
  folder: string,
): OwnFiles {
  const configFile = config === undefined ? undefined : resolvePath(folder, config);
  const ofStore = store.kind === "postgres" ? [store.passwordFile, store.rootCertificate] : [];
  const named = [configFile, certificate, privateKey, ...ofStore].filter((file) => file !== undefined);
  const stores = store.kind === "sqlite" ? [store.file] : [];
  // A store that is reached by a link has its folder where the link leads to.
  const folders = [data, ...stores.flatMap((file) => [dirname(file), dirname(realPath(file))])];
  return {
    stores: [...stores, ...folders.map((each) => defaultStore(each).file)],
    folders,
    others: [
      ...folders.flatMap((each) => Object.values(folderFiles).map((name) => join(each, name))),
      ...named,
    ],
  };
}
